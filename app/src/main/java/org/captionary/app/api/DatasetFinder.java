package org.captionary.app.api;

import jakarta.inject.Singleton;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;

/** Finds data sets by the name in an address. */
@Singleton
class DatasetFinder {

  private final DatasetRepository datasets;

  DatasetFinder(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  /**
   * @throws ProblemException 404 if there is none
   */
  Dataset find(String name) {
    return datasets.byName(name).orElseThrow(() -> absent(name));
  }

  static ProblemException absent(String name) {
    return ProblemException.notFound("data set", name);
  }
}
