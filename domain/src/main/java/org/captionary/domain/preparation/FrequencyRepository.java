package org.captionary.domain.preparation;

import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.DocumentFrequencies;

/**
 * Port: document frequencies of the references of a preparation's splits. They never change, so
 * they are counted once; they go with their preparation.
 */
public interface FrequencyRepository {

  /** What was kept for a request's split, reference text and way of cutting it. */
  Optional<DocumentFrequencies> find(PreparationKey preparation, ScoreRequest request);

  /** Keeps them, unless they are there or the preparation is not, or no longer, published. */
  void add(PreparationKey preparation, ScoreRequest request, DocumentFrequencies frequencies);
}
