package org.captionary.domain.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.training.IncompletePreparationException;

record InMemoryScoreRepository(Store store) implements ScoreRepository {

  @Override
  public boolean add(PreparationKey preparation, NamedScores scores) {
    if (store.preparations.find(preparation).flatMap(Store.PreparationRow::published).isEmpty()) {
      throw new IncompletePreparationException("it was deleted");
    }
    return store.scores.insertIfAbsent(key(preparation, scores.name()), scores);
  }

  @Override
  public List<Summary> all(PreparationKey preparation) {
    return store
        .scores
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(NamedScores::at).thenComparing(NamedScores::name))
        .map(Summary::of)
        .toList();
  }

  @Override
  public Optional<NamedScores> find(PreparationKey preparation, String name) {
    return store.scores.find(key(preparation, name));
  }

  @Override
  public boolean delete(PreparationKey preparation, String name) {
    boolean found = find(preparation, name).isPresent();
    store.scores.deleteIf(key(preparation, name)::equals);
    return found;
  }

  private static InPreparation<String> key(PreparationKey preparation, String name) {
    return new InPreparation<>(preparation, name);
  }
}
