package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpyArray;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.Test;

/** Preparations of one folder that render its photos differently. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RenderingTest {

  private static final String NAME = "rendered";
  private static final int SIDE = 224;
  private static final int PIXEL_BYTES = 3 * Float.BYTES;

  /** APP1 with the orientation 6: to be turned by a quarter to the right. */
  private static final byte[] SIDEWAYS =
      HexFormat.of()
          .parseHex(
              "ffe10022457869660000"
                  + "49492a00080000000100"
                  + "120103000100000006000000"
                  + "00000000");

  @Test
  void renderingsNeverMixAndEqualOnesAreShared() throws Exception {
    SampleLayout files = SampleLayout.draw(NAME, 3, 7);
    laySideways(files.photo(files.photoNames().stream().sorted().findFirst().orElseThrow()));
    Api.post(Api.DATASETS, files.body(NAME));

    String keras = Api.prepare(NAME, Map.of("features", "none"));
    String bicubic = Api.prepare(NAME, Map.of("features", "none", "resize", "bicubic"));
    String turned = Api.prepare(NAME, Map.of("features", "none", "exifOrientation", true));
    String again =
        Api.prepare(NAME, Map.of("features", "none", "resize", "bicubic", "minCount", 2));

    byte[] pixels = pixels(keras);
    assertThat(pixels(bicubic)).hasSameSizeAs(pixels).isNotEqualTo(pixels);
    assertThat(pixels(again)).isEqualTo(pixels(bicubic));
    assertThat(pixels(turned)).isEqualTo(firstTurned(pixels));
    assertThat(recipe(keras)).containsEntry("resize", "nearest");
    assertThat(recipe(keras)).containsEntry("exifOrientation", false);
    assertThat(recipe(again)).containsEntry("resize", "bicubic");
    assertThat(recipe(turned)).containsEntry("exifOrientation", true);
  }

  private static void laySideways(Path photo) throws IOException {
    byte[] jpeg = Files.readAllBytes(photo);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    made.write(jpeg, 0, 2);
    made.writeBytes(SIDEWAYS);
    made.write(jpeg, 2, jpeg.length - 2);
    Files.write(photo, made.toByteArray());
  }

  private static byte[] pixels(String preparation) throws IOException {
    NpyArray photos =
        NpzFile.read(bytes(batch(preparation, "0.npz?photo=pixels&photos=3"))).get("photos");
    return photos.data();
  }

  /** The first of the photos by a quarter to the right. */
  private static byte[] firstTurned(byte[] pixels) {
    byte[] turned = pixels.clone();
    for (int i = 0; i < SIDE * SIDE; i++) {
      int from = (SIDE - 1 - i % SIDE) * SIDE + i / SIDE;
      System.arraycopy(pixels, from * PIXEL_BYTES, turned, i * PIXEL_BYTES, PIXEL_BYTES);
    }
    return turned;
  }

  private static Map<String, Object> recipe(String preparation) {
    JsonPath manifest = found(asTrainer().get(PREPARATIONS + preparation)).jsonPath();
    return manifest.getMap("recipe");
  }
}
