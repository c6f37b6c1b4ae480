package org.captionary.domain.preparation;

/** The process is to stop: the job goes on where it was when it is run again. */
public final class JobInterruptedException extends RuntimeException {

  public JobInterruptedException() {
    super("the process is stopping; the job goes on at the next start");
  }
}
