package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;

/** Port: the preparations. Their captions, vocabulary and examples are kept under their key. */
public interface PreparationRepository {

  /** Begins an unpublished preparation for a job, or goes on with the one that the job began. */
  PreparationKey open(JobId job);

  /**
   * Makes a preparation visible, whole.
   *
   * @return false if one of the same id is visible already; this one then stays unpublished
   */
  boolean publish(Preparation preparation);

  /** What a job began and did not publish. */
  Optional<PreparationKey> begun(JobId job);

  /** Gives up what a job began and did not publish. Its rows go by {@link #sweep}. */
  void discard(JobId job);

  /**
   * Takes a published preparation out of sight, and notes on the jobs that made or found it that
   * they have none. Its rows go by {@link #sweep}.
   *
   * @return false if there is none
   */
  boolean delete(PreparationId id);

  /**
   * Takes away rows of preparations that were deleted or discarded.
   *
   * @param rows at most so many
   * @return how many it took; 0 if none are left, or another sweep is at them
   */
  int sweep(int rows);

  /** A published preparation. */
  Optional<Preparation> byId(PreparationId id);

  /** The published preparations, the last published first. */
  List<Preparation> all();
}
