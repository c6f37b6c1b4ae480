package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Captions that are not English, from the file to what trainers read. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class LanguageTest {

  private static final String NAME = "languages";

  private static List<String> photos;

  /** Once: the service can be reached from the first test on. */
  @BeforeEach
  void register() throws Exception {
    if (photos == null) {
      SampleLayout files = SampleLayout.draw(NAME, 2, 23);
      List<String> names = files.photoNames();
      Files.writeString(
          files.captions(),
          names.get(0)
              + "#0\t一只黑色的狗在草地上奔跑。\n"
              + names.get(1)
              + "#0\tA\u00a0dog, isn't\u2028it? — 狗！\n");
      Api.post(DATASETS, files.body(NAME));
      photos = names.stream().map(DirtySample::id).toList();
    }
  }

  @Test
  void chineseIsCutIntoWords() throws Exception {
    String id =
        Api.prepare(
            NAME,
            Map.of("cleaning", "unicode", "tokenizer", "words", "locale", "zh-cn", "limit", 2));

    JsonPath manifest = found(asTrainer().get(PREPARATIONS + id)).jsonPath();
    assertThat(manifest.getString("recipe.locale")).isEqualTo("zh-CN");
    assertThat(manifest.getInt("recipe.minTokenLength")).isEqualTo(1);
    assertThat(manifest.getInt("maxLength")).isEqualTo(8);
    assertThat(manifest.getInt("examples")).isEqualTo(7 + 4);
    assertThat(descriptions(id))
        .isEqualTo(photos.get(0) + " 一只 黑色 的 狗 在 草地 上 奔跑\n" + photos.get(1) + " a dog isnt it 狗");
  }

  @Test
  void withoutCleaningTokensAreThoseOfKeras() throws Exception {
    String id = Api.prepare(NAME, Map.of("cleaning", "none"));

    assertThat(descriptions(id))
        .isEqualTo(
            photos.get(0) + " 一只黑色的狗在草地上奔跑。\n" + photos.get(1) + " a\u00a0dog isn't\u2028it — 狗！");
    assertThat(
            found(asTrainer().get(PREPARATIONS + id + "/vocabulary"))
                .jsonPath()
                .getMap("wordIndex"))
        .containsOnlyKeys("一只黑色的狗在草地上奔跑。", "a\u00a0dog", "isn't\u2028it", "—", "狗！");
  }

  private static String descriptions(String id) {
    return new String(bytes(PREPARATIONS + id + "/descriptions.txt"), StandardCharsets.UTF_8);
  }
}
