package org.captionary.domain.preparation;

import java.util.List;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleTotals;

/**
 * Counts what each run of photos has of examples; the totals of a chunk are its result. No chunk if
 * they are known from {@link CountPhase}.
 */
final class MeasurePhase implements PhaseWork {

  private final Ports ports;
  private final Encoder encoder;

  MeasurePhase(Ports ports, Encoder encoder) {
    this.ports = ports;
    this.encoder = encoder;
  }

  @Override
  public Plan plan(Job job) {
    long total = ports.captions().countClean(ports.preparation(job), Split.ALL);
    return Plan.of(
        total, isMeasured(job) ? List.of() : ports.chunks().arguments(job.id(), Phase.CLEAN));
  }

  private boolean isMeasured(Job job) {
    return CountResult.of(ports.chunks(), job.id()).stream()
        .allMatch(result -> result.totals().isPresent());
  }

  /** The totals of each run of photos, in their order. */
  static List<ExampleTotals> totals(ChunkRepository chunks, JobId job) {
    List<List<String>> measured = chunks.results(job, Phase.MEASURE);
    return measured.isEmpty()
        ? CountResult.of(chunks, job).stream().map(result -> result.totals().orElseThrow()).toList()
        : measured.stream().map(ExampleTotals::read).toList();
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    ExampleTotals totals =
        ExampleTotals.of(
            encoder.encode(
                ports.preparation(job), job.recipe(), PhotoRun.read(chunk), ExampleTotals.NONE));
    commit.done(0, totals.write(), () -> {});
  }
}
