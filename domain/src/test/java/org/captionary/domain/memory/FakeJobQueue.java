package org.captionary.domain.memory;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobQueue;

/** Notes what was handed over, in order; runs nothing. */
public final class FakeJobQueue implements JobQueue {

  private final List<JobId> jobs = new ArrayList<>();

  @Override
  public void enqueue(JobId job) {
    jobs.add(job);
  }

  public List<JobId> jobs() {
    return List.copyOf(jobs);
  }
}
