package org.captionary.domain.preparation;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Notes how far a job's steps are, each chunk together with what it wrote. */
final class StepTracker {

  private final JobRepository jobs;
  private final UnitOfWork unit;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final JobId job;

  StepTracker(
      JobRepository jobs,
      UnitOfWork unit,
      InstantSource clock,
      BooleanSupplier stopping,
      JobId job) {
    this.jobs = jobs;
    this.unit = unit;
    this.clock = clock;
    this.stopping = stopping;
    this.job = job;
  }

  /**
   * @param done committed by earlier runs
   */
  Step begin(StepName name, long done, long total) {
    unit.run(() -> jobs.stepStarted(job, name, done, total, clock.instant()));
    return new Step(name, done);
  }

  /** Notes a step that had nothing to do. */
  void skip(StepName name, long total) {
    begin(name, total, total).end();
  }

  /** A step under way. */
  final class Step {

    private final StepName name;
    private long done;

    private Step(StepName name, long done) {
      this.name = name;
      this.done = done;
    }

    /**
     * Commits a chunk's writes and its count together.
     *
     * @throws JobInterruptedException before it, if the process is to stop
     */
    void commit(long count, Runnable writes) {
      if (stopping.getAsBoolean()) {
        throw new JobInterruptedException();
      }
      unit.run(
          () -> {
            writes.run();
            jobs.stepAdvanced(job, name, done + count);
          });
      done += count;
    }

    void end() {
      unit.run(() -> jobs.stepEnded(job, name, clock.instant()));
    }
  }
}
