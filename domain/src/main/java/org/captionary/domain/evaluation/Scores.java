package org.captionary.domain.evaluation;

import java.util.List;

/**
 * A metric's outcome.
 *
 * @param corpus over all photos together
 * @param photos of each photo, in the order of the comparisons
 */
record Scores(double corpus, List<Double> photos) {

  Scores {
    photos = List.copyOf(photos);
  }

  /** The corpus being the mean of its photos. */
  static Scores mean(List<Double> photos) {
    double sum = photos.stream().mapToDouble(Double::doubleValue).sum();
    return new Scores(sum / photos.size(), photos);
  }
}
