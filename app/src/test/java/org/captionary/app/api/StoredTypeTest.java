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
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpyArray;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preparations of one folder that keep its photos' features in different types. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class StoredTypeTest {

  private static final String NAME = "halved";
  private static final List<String> LAYERS = List.of("avg", "fc2");

  @Inject DataSource source;

  private static SampleLayout files;
  private static String floats;
  private static String halves;

  /** Once: the service can be reached from the first test on. */
  @BeforeEach
  void prepare() throws Exception {
    if (files == null) {
      files = SampleLayout.draw(NAME, 3, 16);
      Api.post(Api.DATASETS, files.body(NAME));
      floats = Api.prepare(NAME, Map.of("features", LAYERS));
      halves = Api.prepare(NAME, Map.of("features", LAYERS, "stored", "float16"));
    }
  }

  @Test
  void batchesOfHalvesAreTheFloatsRounded() throws IOException {
    assertThat(halves).isNotEqualTo(floats);
    for (String layer : LAYERS) {
      String query = "0.npz?photos=3&layer=" + layer;
      Map<String, NpyArray> whole = NpzFile.read(bytes(batch(floats, query)));
      Map<String, NpyArray> rounded = NpzFile.read(bytes(batch(halves, query)));
      byte[] data = whole.get("photos").data();
      assertThat(rounded.get("photos").data()).isEqualTo(rounded(data)).isNotEqualTo(data);
      assertThat(rounded.get("photos").shape()).isEqualTo(whole.get("photos").shape());
      assertThat(rounded.get("targets").data()).isEqualTo(whole.get("targets").data());
    }
  }

  @Test
  void wholeSetsAndSentPhotosAreTheSameNumbers() throws IOException {
    Map<String, NpyArray> whole =
        NpzFile.read(bytes(PREPARATIONS + floats + "/features.npz?layer=avg"));
    Map<String, NpyArray> rounded =
        NpzFile.read(bytes(PREPARATIONS + halves + "/features.npz?layer=avg"));
    assertThat(rounded).hasSize(3).hasSameSizeAs(whole);
    for (String name : files.photoNames()) {
      byte[] held = rounded.get(DirtySample.id(name)).data();
      assertThat(held).isEqualTo(rounded(whole.get(DirtySample.id(name)).data()));
      assertThat(sent(files.photo(name), halves)).isEqualTo(held);
    }
  }

  private static byte[] sent(Path photo, String preparation) throws IOException {
    byte[] answer =
        found(
                asTrainer()
                    .accept("application/x-npz")
                    .contentType("image/jpeg")
                    .body(Files.readAllBytes(photo))
                    .post("/api/photos/features?layers=avg&preparation=" + preparation))
            .asByteArray();
    return NpzFile.read(answer).get("avg").data();
  }

  @Test
  void manifestsNameTheType() {
    assertThat(manifest(floats).getList("features.stored")).containsExactly("float32", "float32");
    assertThat(manifest(halves).getList("features.stored")).containsExactly("float16", "float16");
    assertThat(manifest(floats).getString("recipe.stored")).isEqualTo("float32");
    assertThat(manifest(halves).getString("recipe.stored")).isEqualTo("float16");
  }

  private static JsonPath manifest(String preparation) {
    return found(asTrainer().get(PREPARATIONS + preparation)).jsonPath();
  }

  @Test
  void halvesTakeHalfTheBytes() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement();
        ResultSet sums =
            sql.executeQuery(
                "SELECT stored, max(octet_length(data)) FROM photo_features WHERE layer = 'fc2'"
                    + " GROUP BY stored ORDER BY stored")) {
      sums.next();
      assertThat(sums.getString(1) + " " + sums.getInt(2)).isEqualTo("float16 8192");
      sums.next();
      assertThat(sums.getString(1) + " " + sums.getInt(2)).isEqualTo("float32 16384");
    }
  }

  /** By the definition of a half, in doubles: whole steps of its 11 bits, or of 2^-24. */
  private static byte[] rounded(byte[] data) {
    ByteBuffer floats = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer rounded = ByteBuffer.allocate(data.length).order(ByteOrder.LITTLE_ENDIAN);
    while (floats.hasRemaining()) {
      float value = floats.getFloat();
      double step = Math.scalb(1.0, Math.max(Math.getExponent(value), -14) - 10);
      rounded.putFloat((float) (step * Math.rint(value / step)));
    }
    return rounded.array();
  }
}
