package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FakePhotoDecoder;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnstorableValueException;
import org.junit.jupiter.api.Test;

final class FeaturesOnDemandTest {

  private static final byte[] FILE = FakePhotoDecoder.file("a photo");

  /** Finds the same value everywhere. */
  private record Constant(float value) implements FeatureExtractor {

    @Override
    public ExtractorIdentity identity() {
      return new ExtractorIdentity("constant", "none", ContentHash.of(new byte[0]), "float32");
    }

    @Override
    public Set<FeatureLayer> layers() {
      return Network.VGG16.layers();
    }

    @Override
    public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
      float[] values = new float[FeatureLayer.AVG.length()];
      Arrays.fill(values, value);
      return List.of(new PhotoFeatures(Map.of(FeatureLayer.AVG, values)));
    }
  }

  @Test
  void areRoundedToTheTypeThatAPreparationKeeps() throws Exception {
    assertThat(avg(0.1f, StoredType.FLOAT32)).containsOnly(0.1f);
    assertThat(avg(0.1f, StoredType.FLOAT16)).containsOnly(0x1.998p-4f);
  }

  @Test
  void areRefusedIfTheTypeCannotHoldThem() {
    assertThatThrownBy(() -> avg(7e4f, StoredType.FLOAT16))
        .isInstanceOf(UnstorableValueException.class)
        .hasMessageContaining("layer avg has the value 70000.0");
  }

  private static float[] avg(float value, StoredType stored) throws Exception {
    Batch found =
        new FeaturesOnDemand(
                new FakePhotoDecoder(), Extractors.of(Network.VGG16, new Constant(value)))
            .of(
                FILE,
                new FeaturesOnDemand.Wanted(
                    Rendering.KERAS,
                    Network.VGG16,
                    Precision.FLOAT32,
                    stored,
                    List.of(FeatureLayer.AVG)));
    return new ReadArrays(found).floats("avg");
  }
}
