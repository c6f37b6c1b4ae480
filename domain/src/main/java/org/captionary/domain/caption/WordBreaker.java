package org.captionary.domain.caption;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text at the borders of words (Unicode Standard Annex 29), in Chinese, Japanese, Thai, Lao,
 * Khmer and Burmese by ICU's dictionaries. What stands between words is left out. One thread at a
 * time.
 */
final class WordBreaker {

  /** Marks, and what is invisible, make no word by themselves. */
  private static final UnicodeSet BETWEEN =
      new UnicodeSet("[[:P:][:Z:][:Cc:][:Cf:][:M:]]").freeze();

  private final BreakIterator breaks;

  WordBreaker(ULocale locale) {
    breaks = BreakIterator.getWordInstance(locale);
  }

  /** The words, none of them punctuation or white space alone, none with white space in it. */
  List<String> split(String text) {
    List<String> words = new ArrayList<>();
    // First at white space: before a joiner and an emoji it would not be a border.
    PythonText.split(text).forEach(run -> addWords(run, words));
    return words;
  }

  private void addWords(String run, List<String> words) {
    breaks.setText(run);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String word = run.substring(from, to);
      if (!BETWEEN.containsAll(word)) {
        words.add(word);
      }
      from = to;
    }
  }
}
