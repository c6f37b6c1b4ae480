package org.captionary.domain.vocabulary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a preparation and their indices, as Keras's {@code Tokenizer} numbers them: from 1,
 * by count descending, ties by first appearance. Index 0 is padding. An out-of-vocabulary word, if
 * there is one, has index 1.
 */
public final class Vocabulary {

  /** The out-of-vocabulary word (Keras {@code oov_token}). */
  public static final String OUT_OF_VOCABULARY = "<unk>";

  private final List<WordCount> words;
  private final boolean outOfVocabulary;
  private final long captions;
  private final Map<String, Integer> indexOf;

  /**
   * @param words in the order of their indices, without the out-of-vocabulary word
   * @param captions how many were fitted on (Keras {@code document_count})
   */
  public Vocabulary(List<WordCount> words, boolean outOfVocabulary, long captions) {
    this.words = List.copyOf(words);
    this.outOfVocabulary = outOfVocabulary;
    this.captions = captions;
    this.indexOf = new HashMap<>(words.size() * 2);
    for (int i = 0; i < words.size(); i++) {
      indexOf.put(words.get(i).word(), firstIndex() + i);
    }
  }

  /** The words with their counts, the first having index {@link #firstIndex()}. */
  public List<WordCount> words() {
    return words;
  }

  /** The index of the first counted word: 1, or 2 behind an out-of-vocabulary word. */
  public int firstIndex() {
    return outOfVocabulary ? 2 : 1;
  }

  public boolean hasOutOfVocabulary() {
    return outOfVocabulary;
  }

  /** How many captions were fitted on. */
  public long captions() {
    return captions;
  }

  /** One more than the highest index: the width of a one-hot row, padding being class 0. */
  public int vocabularySize() {
    return firstIndex() + words.size();
  }

  public Optional<Integer> indexOf(String word) {
    return Optional.ofNullable(indexOf.get(word));
  }

  /**
   * The word of an index.
   *
   * @param index from 1, below {@link #vocabularySize()}
   */
  public String word(int index) {
    return index < firstIndex() ? OUT_OF_VOCABULARY : words.get(index - firstIndex()).word();
  }

  /**
   * Tokens to indices (Keras {@code texts_to_sequences}): an unknown word becomes the
   * out-of-vocabulary word, or is dropped if there is none.
   */
  public EncodedCaption encode(List<String> tokens) {
    int[] indices = new int[tokens.size()];
    int length = 0;
    for (String token : tokens) {
      int index = indexOf.getOrDefault(token, outOfVocabulary ? 1 : 0);
      if (index > 0) {
        indices[length++] = index;
      }
    }
    return new EncodedCaption(Arrays.copyOf(indices, length));
  }
}
