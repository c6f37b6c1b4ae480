package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.training.ExampleTotals;

/**
 * What a chunk of {@link Phase#COUNT} leaves for later phases.
 *
 * @param maxLength tokens of the longest caption fitted on
 * @param totals what its photos have of examples, if that can be told before they are encoded
 */
record CountResult(int maxLength, Optional<ExampleTotals> totals) {

  /** Stands before the totals, as these may be empty. */
  private static final String TOTALS = "totals";

  private static final int BEFORE_TOTALS = 2;

  List<String> write() {
    List<String> written = new ArrayList<>(List.of(String.valueOf(maxLength)));
    totals.ifPresent(
        found -> {
          written.add(TOTALS);
          written.addAll(found.write());
        });
    return written;
  }

  static CountResult read(List<String> written) {
    return new CountResult(
        Integer.parseInt(written.get(0)),
        written.size() < BEFORE_TOTALS
            ? Optional.empty()
            : Optional.of(ExampleTotals.read(written.subList(BEFORE_TOTALS, written.size()))));
  }

  static List<CountResult> of(ChunkRepository chunks, JobId job) {
    return chunks.results(job, Phase.COUNT).stream().map(CountResult::read).toList();
  }
}
