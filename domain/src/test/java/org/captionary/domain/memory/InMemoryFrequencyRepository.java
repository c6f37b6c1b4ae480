package org.captionary.domain.memory;

import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.DocumentFrequencies;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.ScoreRequest;

record InMemoryFrequencyRepository(Store store) implements FrequencyRepository {

  @Override
  public Optional<DocumentFrequencies> find(PreparationKey preparation, ScoreRequest request) {
    return store.frequencies.find(new InPreparation<>(preparation, request));
  }

  @Override
  public void add(
      PreparationKey preparation, ScoreRequest request, DocumentFrequencies frequencies) {
    if (store.preparations.find(preparation).flatMap(Store.PreparationRow::published).isPresent()) {
      store.frequencies.insertIfAbsent(new InPreparation<>(preparation, request), frequencies);
    }
  }
}
