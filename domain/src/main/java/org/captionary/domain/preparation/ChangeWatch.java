package org.captionary.domain.preparation;

import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.LookRepository.Look;

/**
 * Submits a job for a data set once its files have changed and then stayed as they are from one
 * look to the next, so that a copy under way is not read half. Each state of the files is answered
 * once: a job that was cancelled, or that failed, does not come back until something changes.
 */
public final class ChangeWatch {

  private final Ports ports;
  private final JobService jobs;

  public ChangeWatch(Ports ports, JobService jobs) {
    this.ports = ports;
    this.jobs = jobs;
  }

  /**
   * Looks at a data set. What {@link JobService#submitIfDue} would submit is submitted when the
   * look before saw the same.
   *
   * @return the job that was submitted, or was there already; empty if nothing changed, if it is
   *     not known yet whether something still changes, or if a job is under way
   * @throws InvalidInputException as {@link JobService#submitIfDue}
   */
  public Optional<Job> look(Dataset dataset) {
    if (jobs.isUnderWay(dataset)) {
      return Optional.empty();
    }
    Optional<Submission> due = jobs.due(dataset);
    if (due.isEmpty()) {
      ports.unit().run(() -> ports.looks().forget(dataset.name()));
    }
    return due.flatMap(this::answer);
  }

  private Optional<Job> answer(Submission due) {
    Optional<Look> before =
        ports
            .looks()
            .last(due.dataset())
            .filter(look -> look.fingerprint().equals(due.fingerprint()));
    if (before.isEmpty()) {
      ports.unit().run(() -> note(due, false));
    }
    return before
        .filter(look -> !look.answered())
        .map(look -> jobs.submit(due, () -> note(due, true)));
  }

  private void note(Submission due, boolean answered) {
    ports.looks().note(due.dataset(), new Look(due.fingerprint(), answered));
  }
}
