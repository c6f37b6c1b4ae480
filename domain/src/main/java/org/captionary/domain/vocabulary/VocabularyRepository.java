package org.captionary.domain.vocabulary;

import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;

/** Port: the vocabulary of each preparation. */
public interface VocabularyRepository {

  /** Keeps a vocabulary, in the place of an earlier one. */
  void save(PreparationKey preparation, FittedVocabulary vocabulary);

  Optional<FittedVocabulary> find(PreparationKey preparation);
}
