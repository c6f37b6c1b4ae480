package org.captionary.domain.preparation;

import java.util.Optional;

/**
 * What a job does, in this order. A phase is cut into chunks that any node may take; it begins when
 * every chunk of the phase before is committed.
 */
public enum Phase {
  /** Compares the files with what was imported before. One chunk. */
  LOOK(StepName.IMPORT),
  /** Reads the text files, one chunk, and decodes photos. */
  READ(StepName.IMPORT),
  /** Hashes all that was read, and finds the preparation that may be there already. One chunk. */
  SEAL(StepName.IMPORT),
  /** Cleans captions. */
  CLEAN(StepName.CLEAN),
  /** Counts words. */
  COUNT(StepName.VOCABULARY),
  /** Makes the vocabulary out of the counts. One chunk. */
  FIT(StepName.VOCABULARY),
  /**
   * Counts what each run of photos has of examples, so that all of them can be numbered at once. No
   * chunk if counting words has told it.
   */
  MEASURE(StepName.ENCODE),
  /** Encodes captions and numbers their examples. */
  ENCODE(StepName.ENCODE),
  /** Extracts features. */
  EXTRACT(StepName.FEATURES),
  /** Makes the preparation visible. One chunk. */
  PUBLISH(StepName.FEATURES);

  private final StepName step;

  Phase(StepName step) {
    this.step = step;
  }

  /** The step that it is a part of. */
  public StepName step() {
    return step;
  }

  /** Whether chunks of this phase count what their step has done. */
  public boolean counts() {
    return this == READ || this == CLEAN || this == COUNT || this == ENCODE || this == EXTRACT;
  }

  Optional<Phase> next() {
    return this == PUBLISH ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
  }

  /** Whether it is the first of its step. */
  boolean beginsStep() {
    return ordinal() == 0 || values()[ordinal() - 1].step != step;
  }
}
