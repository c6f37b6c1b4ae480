package org.captionary.domain.caption;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.function.Consumer;

/**
 * Extended grapheme clusters (Unicode Standard Annex 29): what a reader takes for one sign, such as
 * a letter with its marks, or an emoji of several joined ones. One thread at a time.
 */
final class Graphemes {

  private final BreakIterator breaks = BreakIterator.getCharacterInstance(ULocale.ROOT);

  int count(String text) {
    int[] count = {0};
    forEach(text, cluster -> count[0]++);
    return count[0];
  }

  void forEach(String text, Consumer<String> cluster) {
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      cluster.accept(text.substring(from, to));
      from = to;
    }
  }
}
