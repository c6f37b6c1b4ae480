package org.captionary.domain.memory;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.VocabularyBuilder;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.captionary.domain.vocabulary.WordTally;

record InMemoryVocabularyRepository(Store store) implements VocabularyRepository {

  @Override
  public void addTallies(PreparationKey preparation, List<WordTally> tallies) {
    tallies.forEach(t -> store.tallies.insert(new InPreparation<>(preparation, store.next()), t));
  }

  @Override
  public void forEachTally(PreparationKey preparation, Consumer<WordTally> consumer) {
    VocabularyBuilder sums = new VocabularyBuilder();
    store
        .tallies
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .forEach(entry -> sums.add(entry.getValue()));
    sums.tallies().forEach(consumer);
  }

  @Override
  public void save(PreparationKey preparation, FittedVocabulary vocabulary) {
    store.tallies.deleteIf(key -> key.preparation().equals(preparation));
    store.vocabularies.put(preparation, vocabulary);
  }

  @Override
  public Optional<FittedVocabulary> find(PreparationKey preparation) {
    return store.vocabularies.find(preparation);
  }
}
