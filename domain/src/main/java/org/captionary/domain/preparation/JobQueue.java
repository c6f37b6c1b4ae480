package org.captionary.domain.preparation;

/** Port: hands jobs to whatever runs them. */
public interface JobQueue {

  /** Sees to it that the job runs, here or on another node; part of the unit of work under way. */
  void enqueue(JobId job);
}
