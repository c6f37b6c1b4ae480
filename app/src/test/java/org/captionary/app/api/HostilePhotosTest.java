package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;

/** A folder of photos into which somebody put what should stop an import. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HostilePhotosTest {

  private static final String NAME = "hostile";
  private static final Set<String> USABLE = Set.of("good.jpg", "good2.png", "moving.png");

  @Test
  void eachIsQuarantinedWithAReasonAndTheOthersAreServed() throws Exception {
    SampleLayout files = SampleLayout.draw(NAME, 1, 7);
    Files.delete(files.photo(files.photoNames().get(0)));
    Map<String, String> reasons = HostilePhotos.lay(files.photos());
    Files.write(files.photo("good.jpg"), HostilePhotos.picture("jpeg"));
    Files.write(files.photo("good2.png"), HostilePhotos.picture("png"));
    Files.write(files.photo("moving.png"), moving());
    describe(files.captions(), reasons.keySet());
    assertThat(reasons).hasSizeGreaterThanOrEqualTo(60);

    Map<String, Object> body = files.body(NAME);
    body.remove("splits");
    assertThat(Api.post(DATASETS, body).statusCode()).isEqualTo(201);
    String preparation = Api.prepare(NAME, Map.of("features", "none"));

    Map<String, String> quarantine = quarantine();
    assertThat(quarantine.keySet()).isEqualTo(reasons.keySet());
    assertThat(quarantine)
        .allSatisfy((name, reason) -> assertThat(reason).as(name).contains(reasons.get(name)));
    JsonPath manifest = found(asTrainer().get(PREPARATIONS + preparation)).jsonPath();
    assertThat(manifest.getInt("photos")).isEqualTo(USABLE.size());
    assertThat(manifest.getInt("describedPhotos")).isGreaterThan(60);
    assertThat(manifest.getInt("servableExamples")).isEqualTo(2 * USABLE.size());
  }

  /** Two frames, of which the second would be refused. */
  private static byte[] moving() {
    return PngBytes.rgb(8, 8)
        .chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0})
        .chunk("fcTL", frame(0))
        .rows(8, 24)
        .chunk("fcTL", frame(9))
        .chunk("fdAT", new byte[5])
        .end();
  }

  private static byte[] frame(int number) {
    return ByteBuffer.allocate(26).putInt(number).putInt(8).putInt(8).array();
  }

  private static void describe(Path captions, Set<String> names) throws IOException {
    StringBuilder rows = new StringBuilder();
    Set<String> all = new TreeSet<>(names);
    all.addAll(USABLE);
    all.remove(".jpg");
    all.forEach(name -> rows.append(name).append("#0\tone dog runs\n"));
    Files.writeString(captions, rows);
  }

  private static Map<String, String> quarantine() {
    Map<String, String> reasons = new LinkedHashMap<>();
    JsonPath rows = found(asAdmin().get(DATASETS + "/" + NAME + "/quarantine")).jsonPath();
    for (Map<String, String> row : rows.<Map<String, String>>getList("")) {
      reasons.put(row.get("source"), row.get("reason"));
    }
    return new TreeMap<>(reasons);
  }
}
