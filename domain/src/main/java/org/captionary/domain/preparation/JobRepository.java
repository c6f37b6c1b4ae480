package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.SnapshotId;

/** Port: the jobs and how far they are. */
public interface JobRepository {

  /**
   * Adds a queued job, unless this one is not forced and another that is not, of the same {@link
   * Submission#identity}, is queued, running or succeeded and still has its preparation.
   *
   * @return the new job, or empty if there is such a one or no such data set
   */
  Optional<Job> add(Submission submission, Instant now);

  /** The unforced job of this identity that is queued, running or has its preparation. */
  Optional<Job> identical(Submission submission);

  Optional<Job> find(JobId job);

  /** The last added first. */
  List<Job> all();

  /** The job of a data set that was added last. */
  Optional<Job> latest(String dataset);

  /** A job of a data set that is not over. */
  Optional<Job> unfinished(String dataset);

  /** Notes that a job runs; the time of its first start is kept. */
  void running(JobId job, Instant now);

  void useSnapshot(JobId job, SnapshotId snapshot);

  /**
   * Notes that a step is taken up, for the first time or again: the time of its first start is
   * kept, and it is not over.
   */
  void stepStarted(JobId job, StepName step, long done, long total, Instant now);

  void stepAdvanced(JobId job, StepName step, long done);

  /** Notes that a step is over, {@code done} being its total. */
  void stepEnded(JobId job, StepName step, Instant now);

  /** The job has no preparation if this one was deleted in the meantime. */
  void succeeded(JobId job, PreparationId preparation, Instant now);

  void failed(JobId job, String error, Instant now);
}
