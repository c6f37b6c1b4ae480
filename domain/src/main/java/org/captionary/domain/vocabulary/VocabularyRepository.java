package org.captionary.domain.vocabulary;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.caption.PreparationKey;

/** Port: the vocabulary of each preparation. */
public interface VocabularyRepository {

  /** Keeps how often words stand in a part of the captions, until the vocabulary is saved. */
  void addTallies(PreparationKey preparation, List<WordTally> tallies);

  /** Gives for each word what was kept of all parts together, in no order. */
  void forEachTally(PreparationKey preparation, Consumer<WordTally> consumer);

  /** Keeps a vocabulary, in the place of an earlier one and of the tallies. */
  void save(PreparationKey preparation, FittedVocabulary vocabulary);

  Optional<FittedVocabulary> find(PreparationKey preparation);
}
