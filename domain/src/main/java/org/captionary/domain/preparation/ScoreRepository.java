package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.training.IncompletePreparationException;

/** Port: scores that are kept under names. They go with their preparation. */
public interface ScoreRepository {

  /**
   * Keeps scores.
   *
   * @return false if the name is taken; what has it stays
   * @throws IncompletePreparationException if the preparation is not published, or was deleted
   */
  boolean add(PreparationKey preparation, NamedScores scores);

  /** Without what each photo has, the oldest first, then by name. */
  List<Summary> all(PreparationKey preparation);

  Optional<NamedScores> find(PreparationKey preparation, String name);

  /**
   * @return false if there are none of the name
   */
  boolean delete(PreparationKey preparation, String name);

  /**
   * Scores of the corpus.
   *
   * @param photos how many were scored
   */
  record Summary(
      String name, ScoreRequest request, Instant at, int photos, Map<Metric, Double> corpus) {

    /** Of scores as they are kept. */
    public static Summary of(NamedScores scores) {
      return new Summary(
          scores.name(),
          scores.request(),
          scores.at(),
          scores.evaluation().photos().size(),
          scores.evaluation().corpus());
    }
  }
}
