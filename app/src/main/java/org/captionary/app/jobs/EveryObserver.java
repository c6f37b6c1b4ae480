package org.captionary.app.jobs;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.captionary.domain.preparation.Chunk;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobObserver;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.StepProgress;
import org.jboss.logging.Logger;

/** Tells each of several observers; what one of them throws fails no job. */
public record EveryObserver(List<JobObserver> observers) implements JobObserver {

  private static final Logger LOG = Logger.getLogger(EveryObserver.class);

  private void each(Consumer<JobObserver> news) {
    for (JobObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (RuntimeException e) {
        LOG.warnf(e, "%s failed", observer.getClass().getSimpleName());
      }
    }
  }

  @Override
  public void chunkDone(Job job, Chunk chunk, long units, Duration took) {
    each(observer -> observer.chunkDone(job, chunk, units, took));
  }

  @Override
  public void chunkFailed(Job job, ChunkFailure failure, int failures) {
    each(observer -> observer.chunkFailed(job, failure, failures));
  }

  @Override
  public void rejected(List<RejectedInput> inputs) {
    each(observer -> observer.rejected(inputs));
  }

  @Override
  public void stepEnded(Job job, StepProgress step) {
    each(observer -> observer.stepEnded(job, step));
  }

  @Override
  public void jobEnded(Job job) {
    each(observer -> observer.jobEnded(job));
  }
}
