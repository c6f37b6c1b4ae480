package org.captionary.domain.preparation;

import java.util.Locale;

/** Something was asked of a job that cannot be done in the state that it is in. */
public final class JobStateException extends RuntimeException {

  private final JobId job;

  JobStateException(JobId job, String action, String reason) {
    super(String.format(Locale.ROOT, "cannot %s job %d: %s", action, job.value(), reason));
    this.job = job;
  }

  public JobId job() {
    return job;
  }
}
