package org.captionary.domain.preparation;

/** Where a job stands. */
public enum JobState {
  QUEUED,
  RUNNING,
  /** Held back by the user; what it has done is kept. */
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether nothing more will happen. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
