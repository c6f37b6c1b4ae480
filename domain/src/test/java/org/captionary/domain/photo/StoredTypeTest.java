package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoredTypeTest {

  private static final float[] VALUES = {1, -2, 0.1f};

  @Test
  void isKnownByItsName() {
    assertThat(StoredType.ids()).containsExactly("float32", "float16");
    assertThat(StoredType.byId("float16")).contains(StoredType.FLOAT16);
    assertThat(StoredType.byId("FLOAT16")).isEmpty();
  }

  @Test
  void laysValuesLittleEndian() {
    assertThat(hex(StoredType.FLOAT32.bytesOf(VALUES))).isEqualTo("0000803f000000c0cdcccc3d");
    assertThat(hex(StoredType.FLOAT16.bytesOf(VALUES))).isEqualTo("003c00c0662e");
  }

  @Test
  void givesFloat32Back() {
    byte[] floats = StoredType.FLOAT32.bytesOf(VALUES);
    assertThat(StoredType.FLOAT32.toFloat32(floats)).isEqualTo(floats);
    assertThat(hex(StoredType.FLOAT16.toFloat32(StoredType.FLOAT16.bytesOf(VALUES))))
        .isEqualTo("0000803f000000c000c0cc3d");
  }

  @Test
  void holdsFloatsUpToItsLargest() {
    assertThat(StoredType.FLOAT32.holds(Float.MAX_VALUE)).isTrue();
    assertThat(StoredType.FLOAT16.holds(-65_519.996f)).isTrue();
    assertThat(StoredType.FLOAT16.holds(-65_520f)).isFalse();
  }

  @Test
  void isRefusedForFeaturesThatItCannotHold() {
    float[] values = new float[FeatureLayer.FC2.length()];
    values[9] = -1e5f;
    PhotoFeatures features = new PhotoFeatures(Map.of(FeatureLayer.FC2, values));

    features.requireStorable(StoredType.FLOAT32);
    assertThatThrownBy(() -> features.requireStorable(StoredType.FLOAT16))
        .isInstanceOf(UnstorableValueException.class)
        .hasMessage("layer fc2 has the value -100000.0, which is beyond the largest float16");
    assertThatThrownBy(() -> features.bytesOf(FeatureLayer.FC2, StoredType.FLOAT16))
        .isInstanceOf(UnstorableValueException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
