package org.captionary.app.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.Job;
import org.jboss.logging.Logger;

/**
 * Goes round the data sets and submits jobs. One data set's trouble is logged, once for as long as
 * it stays the same, and holds up no other.
 */
final class DatasetRound {

  private static final Logger LOG = Logger.getLogger(DatasetRound.class);

  private final DatasetRepository datasets;
  private final Map<String, String> told = new HashMap<>();

  DatasetRound(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  /**
   * @param submit what submits the job of a data set, if one is due
   */
  synchronized void go(Function<Dataset, Optional<Job>> submit) {
    datasets.all().forEach(dataset -> go(dataset, submit));
  }

  private void go(Dataset dataset, Function<Dataset, Optional<Job>> submit) {
    try {
      submit
          .apply(dataset)
          .ifPresent(job -> LOG.infof("Job %d: %s changed", job.id().value(), dataset.name()));
      told.remove(dataset.name());
    } catch (RuntimeException e) {
      if (!e.toString().equals(told.put(dataset.name(), e.toString()))) {
        tell(dataset, e);
      }
    }
  }

  private static void tell(Dataset dataset, RuntimeException trouble) {
    if (trouble instanceof InvalidInputException) {
      LOG.warnf("Data set %s cannot be prepared: %s", dataset.name(), trouble.getMessage());
    } else {
      LOG.errorf(trouble, "Data set %s cannot be looked at", dataset.name());
    }
  }
}
