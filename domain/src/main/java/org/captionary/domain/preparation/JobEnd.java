package org.captionary.domain.preparation;

import java.time.InstantSource;
import org.captionary.domain.training.SplitFigures;

/** How jobs end; always in the unit of work under way. */
final class JobEnd {

  private final Ports ports;
  private final InstantSource clock;

  JobEnd(Ports ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
  }

  /** The job's preparation is visible. */
  void succeeded(Job job, PreparationId preparation) {
    ports.jobs().stepEnded(job.id(), StepName.FEATURES, clock.instant());
    ports.jobs().succeeded(job.id(), preparation, clock.instant());
    ports.chunks().clear(job.id());
  }

  /** What the job would make is there already. */
  void found(Job job, Preparation existing) {
    SplitFigures all = existing.all();
    ports.jobs().stepEnded(job.id(), StepName.IMPORT, clock.instant());
    skip(job, StepName.CLEAN, all.captions());
    skip(job, StepName.VOCABULARY, existing.figures().get(existing.recipe().fitOn()).captions());
    skip(job, StepName.ENCODE, all.captions());
    skip(job, StepName.FEATURES, extracted(existing));
    succeeded(job, existing.id());
  }

  private void skip(Job job, StepName step, long total) {
    ports.jobs().stepStarted(job.id(), step, total, total, clock.instant());
    ports.jobs().stepEnded(job.id(), step, clock.instant());
  }

  private long extracted(Preparation preparation) {
    return preparation.extractor().isPresent()
        ? ports.examples().countContents(preparation.key())
        : 0;
  }

  /** The job cannot go on. What it has done is kept, so that it can be tried again. */
  void failed(JobId job, String reason) {
    ports.jobs().failed(job, reason, clock.instant());
    ports.queue().withdraw(job);
  }

  /** The job is given up, with all that it began, whose rows the next {@link CleanUp} takes. */
  void discard(Job job) {
    ports.queue().withdraw(job.id());
    ports.chunks().clear(job.id());
    ports.preparations().discard(job.id());
    job.snapshot()
        .flatMap(ports.snapshots()::find)
        .filter(snapshot -> snapshot.content().isEmpty())
        .ifPresent(snapshot -> ports.snapshots().discard(snapshot.id()));
  }
}
