package org.captionary.domain.preparation;

import java.util.Locale;

/** The steps of a job, in order. */
public enum StepName {
  /** Reads the text files, decodes every photo once. Counts photo files. */
  IMPORT,
  /** Cleans the captions that the recipe chooses. Counts captions. */
  CLEAN,
  /** Fits the vocabulary. Counts captions. */
  VOCABULARY,
  /** Turns captions into indices and numbers their examples. Counts captions. */
  ENCODE,
  /** Extracts features. Counts distinct photos. */
  FEATURES;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
