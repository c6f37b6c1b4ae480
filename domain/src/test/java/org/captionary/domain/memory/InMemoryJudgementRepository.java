package org.captionary.domain.memory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.memory.Store.InSnapshot;
import org.captionary.domain.memory.Store.JudgedPlace;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;

record InMemoryJudgementRepository(Store store) implements JudgementRepository {

  @Override
  public void add(SnapshotId snapshot, List<JudgedPair> pairs) {
    for (JudgedPair pair : pairs) {
      InSnapshot<JudgedPlace> key =
          new InSnapshot<>(snapshot, new JudgedPlace(pair.photo(), pair.ordinal()));
      store.judgements.put(key, store.judgements.find(key).map(k -> merged(k, pair)).orElse(pair));
    }
  }

  private static JudgedPair merged(JudgedPair known, JudgedPair more) {
    return new JudgedPair(
        known.photo(), known.described(), known.ordinal(), known.judgement().and(more.judgement()));
  }

  @Override
  public void clear(SnapshotId snapshot) {
    store.judgements.deleteIf(key -> key.snapshot().equals(snapshot));
  }

  private Stream<JudgedPair> all(SnapshotId snapshot) {
    return store
        .judgements
        .entries()
        .filter(entry -> entry.getKey().snapshot().equals(snapshot))
        .map(Map.Entry::getValue);
  }

  @Override
  public List<JudgedPair> of(SnapshotId snapshot, Collection<PhotoId> photos) {
    return all(snapshot).filter(pair -> photos.contains(pair.photo())).toList();
  }

  @Override
  public void forEach(
      SnapshotId snapshot, Optional<PhotoId> photo, BiConsumer<PhotoId, Caption> consumer) {
    all(snapshot)
        .filter(pair -> photo.isEmpty() || photo.get().equals(pair.photo()))
        .sorted(Comparator.comparing(JudgedPair::photo).thenComparingLong(JudgedPair::ordinal))
        .forEach(pair -> consumer.accept(pair.photo(), written(snapshot, pair)));
  }

  private Caption written(SnapshotId snapshot, JudgedPair pair) {
    Caption raw = store.captions.find(new InSnapshot<>(snapshot, pair.ordinal())).orElseThrow();
    return new Caption(raw.photo(), raw.ordinal(), raw.number(), raw.text(), pair.judgement());
  }
}
