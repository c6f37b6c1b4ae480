package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.SnapshotId;

/** Port: the jobs and how far they are. */
public interface JobRepository {

  /**
   * Adds a queued job, unless this one is not forced and another that is not, of the same {@link
   * Submission#identity}, is queued, running, paused, or succeeded and still has its preparation.
   *
   * @return the new job, or empty if there is such a one or no such data set
   */
  Optional<Job> add(Submission submission, Instant now);

  /** The unforced job of this identity that is queued, running, paused or succeeded. */
  Optional<Job> identical(Submission submission);

  Optional<Job> find(JobId job);

  /** How far a job is: one of each {@link StepName}, in order. */
  List<StepProgress> steps(JobId job);

  /** The last added first. */
  List<Job> all();

  /** The job of a data set that was added last. */
  Optional<Job> latest(String dataset);

  /** A job of a data set that is not over. */
  Optional<Job> unfinished(String dataset);

  /** A job, which until the unit of work ends nobody else may change. */
  Optional<Job> lock(JobId job);

  /** Whether a job that was added before this one is to read, or reads, the same data set. */
  boolean hasEarlierImport(JobId job);

  /**
   * Brings a job from one state into another. The time of its first start is kept; that of its end
   * and its error are forgotten if it has not ended.
   *
   * @return false, and nothing is changed, if it was in another state, or if it would stand beside
   *     an equal unforced job that is queued, running, paused or succeeded
   */
  boolean transition(JobId job, JobState from, JobState to, Instant now);

  /** Notes that a job has come to a phase. */
  void enter(JobId job, Phase phase);

  void useSnapshot(JobId job, SnapshotId snapshot);

  /**
   * Notes that a step is taken up, for the first time or again: the time of its first start is
   * kept, and it is not over.
   *
   * @param done what needs no work; chunks that are done come on top
   */
  void stepStarted(JobId job, StepName step, long done, long total, Instant now);

  /** Notes that a step is over, {@code done} being its total; what nodes did in it is kept. */
  void stepEnded(JobId job, StepName step, Instant now);

  /** The job has no preparation if this one was deleted in the meantime. */
  void succeeded(JobId job, PreparationId preparation, Instant now);

  void failed(JobId job, String error, Instant now);
}
