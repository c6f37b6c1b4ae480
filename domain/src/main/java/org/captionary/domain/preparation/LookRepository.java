package org.captionary.domain.preparation;

import java.util.Optional;
import org.captionary.domain.photo.ContentHash;

/** Port: what {@link ChangeWatch} saw last of each data set's files. */
public interface LookRepository {

  /** The look that was noted last; any text may be asked for. */
  Optional<Look> last(String dataset);

  /** Notes a look in the place of the one before, unless there is no such data set. */
  void note(String dataset, Look look);

  /** Forgets the look, if there is one. */
  void forget(String dataset);

  /**
   * What a look saw.
   *
   * @param fingerprint as {@link DatasetFiles#fingerprint}
   * @param answered whether a job was submitted for it
   */
  record Look(ContentHash fingerprint, boolean answered) {}
}
