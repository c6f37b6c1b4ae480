package org.captionary.domain.preparation;

import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleTotals;

/** Counts what each run of photos has of examples; the totals of a chunk are its result. */
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
    return Plan.of(total, ports.chunks().arguments(job.id(), Phase.CLEAN));
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
