package org.captionary.domain.preparation;

/** A job that is not over stands in the way. */
public final class UnfinishedJobException extends RuntimeException {

  private final transient Job job;

  UnfinishedJobException(Job job) {
    super("job " + job.id().value() + " is " + job.state());
    this.job = job;
  }

  /** The job, or one of several. */
  public Job job() {
    return job;
  }
}
