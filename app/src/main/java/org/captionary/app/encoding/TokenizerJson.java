package org.captionary.app.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.captionary.domain.vocabulary.KerasTokenizer;
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
    config.put("index_docs", json(captionsByIndex(vocabulary)));
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
    vocabulary.words().forEach(word -> words.put(nextIndex(words), word.word()));
    return words;
  }

  private static int nextIndex(Map<Integer, String> words) {
    return words.size() + 1;
  }

  private static Map<Integer, Long> captionsByIndex(Vocabulary vocabulary) {
    Map<Integer, Long> captions = new LinkedHashMap<>();
    int index = vocabulary.firstIndex();
    for (WordCount word : vocabulary.words()) {
      captions.put(index++, word.captions());
    }
    return captions;
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
