package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Which words of a candidate stand for which of a reference: each word once, equal words or words
 * of one stem. Of all alignments one with the most matches, of these one with the fewest chunks
 * (runs that go on in both), of these one with the least distance between matches' places. Found by
 * a beam search, as METEOR's own aligner does, which keeps the {@value #BEAM} best.
 *
 * @param exact matches of equal words
 * @param stems matches of words that only share a stem
 * @param chunks 0 without a match
 */
record WordAlignment(int exact, int stems, int chunks) {

  private static final int BEAM = 40;

  private static final Comparator<State> BEST_FIRST =
      Comparator.comparingInt(State::matches)
          .reversed()
          .thenComparingInt(State::chunks)
          .thenComparingLong(State::distance);

  /**
   * @param stems of each word number
   */
  static WordAlignment of(Sentence candidate, Sentence reference, int[] stems) {
    List<State> beam = List.of(State.FIRST);
    for (int place = 0; place < candidate.length(); place++) {
      beam = next(beam, candidate, place, reference, stems);
    }
    State best = beam.get(0);
    return new WordAlignment(best.exact(), best.matches() - best.exact(), best.chunks());
  }

  private static List<State> next(
      List<State> beam, Sentence candidate, int place, Sentence reference, int[] stems) {
    List<State> next = new ArrayList<>();
    int word = candidate.word(place);
    for (State state : beam) {
      next.add(state.skipped());
      for (int other = 0; other < reference.length(); other++) {
        int otherWord = reference.word(other);
        if (stems[otherWord] == stems[word] && !state.used().get(other)) {
          next.add(state.matched(place, other, otherWord == word));
        }
      }
    }
    next.sort(BEST_FIRST);
    return next.subList(0, Math.min(BEAM, next.size()));
  }

  /**
   * An alignment of the first words of a candidate.
   *
   * @param last the reference's word that the word before matched; -2 if it matched none
   */
  private record State(int matches, int exact, int chunks, long distance, int last, BitSet used) {

    private static final int NONE = -2;

    static final State FIRST = new State(0, 0, 0, 0, NONE, new BitSet());

    State skipped() {
      return new State(matches, exact, chunks, distance, NONE, used);
    }

    State matched(int place, int other, boolean equal) {
      BitSet more = (BitSet) used.clone();
      more.set(other);
      return new State(
          matches + 1,
          equal ? exact + 1 : exact,
          other == last + 1 ? chunks : chunks + 1,
          distance + Math.abs(place - other),
          other,
          more);
    }
  }
}
