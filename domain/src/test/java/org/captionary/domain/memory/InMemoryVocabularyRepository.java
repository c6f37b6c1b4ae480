package org.captionary.domain.memory;

import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.VocabularyRepository;

record InMemoryVocabularyRepository(Store store) implements VocabularyRepository {

  @Override
  public void save(PreparationKey preparation, FittedVocabulary vocabulary) {
    store.vocabularies.put(preparation, vocabulary);
  }

  @Override
  public Optional<FittedVocabulary> find(PreparationKey preparation) {
    return store.vocabularies.find(preparation);
  }
}
