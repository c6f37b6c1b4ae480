package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.WordCount;
import org.junit.jupiter.api.Test;

final class TokenizerJsonTest {

  private static final List<WordCount> WORDS =
      List.of(new WordCount("dog", 5, 3), new WordCount("caf\u00e9", 2, 2));

  @Test
  void hasTheFieldsThatKerasWrites() throws IOException {
    JsonNode tokenizer = parsed(false);
    assertThat(tokenizer.fieldNames()).toIterable().containsExactly("class_name", "config");
    assertThat(tokenizer.get("class_name").asText()).isEqualTo("Tokenizer");
    JsonNode config = tokenizer.get("config");
    assertThat(config.fieldNames())
        .toIterable()
        .containsExactly(
            "num_words",
            "filters",
            "lower",
            "split",
            "char_level",
            "oov_token",
            "document_count",
            "word_counts",
            "word_docs",
            "index_docs",
            "index_word",
            "word_index");
    assertThat(config.get("num_words").isNull()).isTrue();
    assertThat(config.get("oov_token").isNull()).isTrue();
    assertThat(config.get("filters").asText()).isEqualTo("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n");
    assertThat(config.get("lower").asBoolean()).isTrue();
    assertThat(config.get("split").asText()).isEqualTo(" ");
    assertThat(config.get("char_level").asBoolean()).isFalse();
    assertThat(config.get("document_count").asInt()).isEqualTo(4);
  }

  @Test
  void tablesAreJsonInStrings() throws IOException {
    JsonNode config = parsed(false).get("config");
    assertThat(table(config, "word_index")).isEqualTo("{\"dog\":1,\"caf\u00e9\":2}");
    assertThat(table(config, "index_word")).isEqualTo("{\"1\":\"dog\",\"2\":\"caf\u00e9\"}");
    assertThat(table(config, "word_counts")).isEqualTo("{\"dog\":5,\"caf\u00e9\":2}");
    assertThat(table(config, "word_docs")).isEqualTo("{\"dog\":3,\"caf\u00e9\":2}");
    assertThat(table(config, "index_docs")).isEqualTo("{\"1\":3,\"2\":2}");
  }

  /** Keras gives the out-of-vocabulary word index 1 and no counts. */
  @Test
  void outOfVocabularyWordComesFirst() throws IOException {
    JsonNode config = parsed(true).get("config");
    assertThat(config.get("oov_token").asText()).isEqualTo("<unk>");
    assertThat(table(config, "word_index")).isEqualTo("{\"<unk>\":1,\"dog\":2,\"caf\u00e9\":3}");
    assertThat(table(config, "index_word"))
        .isEqualTo("{\"1\":\"<unk>\",\"2\":\"dog\",\"3\":\"caf\u00e9\"}");
    assertThat(table(config, "word_counts")).isEqualTo("{\"dog\":5,\"caf\u00e9\":2}");
    assertThat(table(config, "index_docs")).isEqualTo("{\"2\":3,\"3\":2}");
  }

  @Test
  void emptyVocabularyHasEmptyTables() throws IOException {
    String json = TokenizerJson.of(new Vocabulary(List.of(), false, 0));
    JsonNode config = new JsonMapper().readTree(json).get("config");
    assertThat(table(config, "word_index")).isEqualTo("{}");
  }

  private static JsonNode parsed(boolean outOfVocabulary) throws IOException {
    return new JsonMapper().readTree(TokenizerJson.of(new Vocabulary(WORDS, outOfVocabulary, 4)));
  }

  private static String table(JsonNode config, String name) {
    assertThat(config.get(name).isTextual()).isTrue();
    return config.get(name).asText();
  }
}
