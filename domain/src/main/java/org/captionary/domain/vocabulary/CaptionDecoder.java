package org.captionary.domain.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes words of indices again: the way back of {@link Vocabulary#encode}, for what a trained model
 * gives. Padding and the start word are left out wherever they stand; the end word and all behind
 * it too.
 */
public final class CaptionDecoder {

  private final Vocabulary vocabulary;
  private final Optional<StartEnd> startEnd;

  public CaptionDecoder(Vocabulary vocabulary, Optional<StartEnd> startEnd) {
    this.vocabulary = vocabulary;
    this.startEnd = startEnd;
  }

  /**
   * A caption.
   *
   * @param unknown in the order of their positions; not in the caption
   */
  public record Decoded(List<String> words, List<Unknown> unknown) {

    public Decoded {
      words = List.copyOf(words);
      unknown = List.copyOf(unknown);
    }

    /** The words with a space between. */
    public String text() {
      return String.join(" ", words);
    }
  }

  /**
   * An index that is no word's.
   *
   * @param position in the sequence, from 0
   * @param value below 0, or the vocabulary's size or more
   */
  public record Unknown(int position, long value) {}

  /**
   * @param sequence any numbers
   */
  public Decoded decode(long[] sequence) {
    List<String> words = new ArrayList<>();
    List<Unknown> unknown = new ArrayList<>();
    for (int position = 0; position < sequence.length; position++) {
      long index = sequence[position];
      if (index < 0 || index >= vocabulary.vocabularySize()) {
        unknown.add(new Unknown(position, index));
      } else if (index > 0) {
        String word = vocabulary.word((int) index);
        if (isEnd(word)) {
          break;
        }
        words.add(word);
      }
    }
    words.removeIf(this::isStart);
    return new Decoded(words, unknown);
  }

  private boolean isStart(String word) {
    return startEnd.isPresent() && startEnd.get().start().equals(word);
  }

  private boolean isEnd(String word) {
    return startEnd.isPresent() && startEnd.get().end().equals(word);
  }
}
