package org.captionary.app.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.captionary.domain.caption.KerasTokenizer;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.WordCount;

/**
 * A vocabulary as Keras's {@code tokenizer_from_json} reads it: {@code Tokenizer.to_json}, whose
 * inner tables are JSON in strings.
 */
public final class TokenizerJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private TokenizerJson() {}

  public static String of(Vocabulary vocabulary) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("num_words", null);
    config.put("filters", KerasTokenizer.FILTERS);
    config.put("lower", true);
    config.put("split", KerasTokenizer.SPLIT);
    config.put("char_level", false);
    config.put("oov_token", vocabulary.hasOutOfVocabulary() ? Vocabulary.OUT_OF_VOCABULARY : null);
    config.put("document_count", vocabulary.captions());
    config.put("word_counts", json(byWord(vocabulary, WordCount::count)));
    config.put("word_docs", json(byWord(vocabulary, WordCount::captions)));
    config.put("index_docs", json(byIndex(vocabulary, WordCount::captions)));
    config.put("index_word", json(wordByIndex(vocabulary)));
    config.put("word_index", json(indexByWord(vocabulary)));
    Map<String, Object> tokenizer = new LinkedHashMap<>();
    tokenizer.put("class_name", "Tokenizer");
    tokenizer.put("config", config);
    return json(tokenizer);
  }

  /** Words and their indices, the out-of-vocabulary word included (Keras {@code word_index}). */
  public static Map<String, Integer> indexByWord(Vocabulary vocabulary) {
    Map<String, Integer> indices = new LinkedHashMap<>();
    wordByIndex(vocabulary).forEach((index, word) -> indices.put(word, index));
    return indices;
  }

  private static Map<Integer, String> wordByIndex(Vocabulary vocabulary) {
    Map<Integer, String> words = new LinkedHashMap<>();
    if (vocabulary.hasOutOfVocabulary()) {
      words.put(1, Vocabulary.OUT_OF_VOCABULARY);
    }
    words.putAll(byIndex(vocabulary, WordCount::word));
    return words;
  }

  private static <T> Map<Integer, T> byIndex(Vocabulary vocabulary, Function<WordCount, T> value) {
    Map<Integer, T> values = new LinkedHashMap<>();
    int index = vocabulary.firstIndex();
    for (WordCount word : vocabulary.words()) {
      values.put(index++, value.apply(word));
    }
    return values;
  }

  /** Each word, in the order of indices, with one of its counts. */
  public static Map<String, Long> byWord(Vocabulary vocabulary, ToLongFunction<WordCount> count) {
    Map<String, Long> counts = new LinkedHashMap<>();
    vocabulary.words().forEach(word -> counts.put(word.word(), count.applyAsLong(word)));
    return counts;
  }

  private static String json(Map<?, ?> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text and numbers are always JSON", e);
    }
  }
}
