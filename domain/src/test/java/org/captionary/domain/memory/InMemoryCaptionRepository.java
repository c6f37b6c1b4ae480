package org.captionary.domain.memory;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.memory.Store.InSnapshot;
import org.captionary.domain.memory.Store.JudgedPlace;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ImportedPhoto;

record InMemoryCaptionRepository(Store store) implements CaptionRepository {

  private static final Comparator<Description> BY_PLACE =
      Comparator.comparingLong(Description::rank)
          .thenComparing(description -> description.caption().ordinal());

  @Override
  public void add(SnapshotId snapshot, List<Caption> captions) {
    captions.forEach(c -> store.captions.insert(new InSnapshot<>(snapshot, c.ordinal()), c));
  }

  @Override
  public void clear(SnapshotId snapshot) {
    store.captions.deleteIf(key -> key.snapshot().equals(snapshot));
  }

  @Override
  public List<Caption> of(SnapshotId snapshot, Collection<PhotoId> photos) {
    return raw(snapshot).filter(caption -> photos.contains(caption.photo())).toList();
  }

  @Override
  public List<Described<Caption>> describedAfter(
      SnapshotId snapshot, JudgementFilter filter, Optional<PhotoId> after, int photos) {
    return described(snapshot, filter)
        .filter(photo -> isBehind(photo, after))
        .limit(photos)
        .toList();
  }

  private static boolean isBehind(Described<?> photo, Optional<PhotoId> after) {
    return after.isEmpty() || photo.photo().compareTo(after.get()) > 0;
  }

  private Stream<Described<Caption>> described(SnapshotId snapshot, JudgementFilter filter) {
    Map<PhotoId, List<Caption>> own =
        raw(snapshot).collect(groupingBy(Caption::photo, TreeMap::new, Collectors.toList()));
    return (filter.isSet() ? passing(snapshot, filter) : raw(snapshot))
            .map(caption -> judged(snapshot, caption))
            .sorted(Comparator.comparingLong(Caption::ordinal))
            .collect(groupingBy(Caption::photo, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(
                entry ->
                    described(
                        new InSnapshot<>(snapshot, entry.getKey()),
                        own.get(entry.getKey()).get(0).ordinal(),
                        entry.getValue()));
  }

  private Stream<Caption> raw(SnapshotId snapshot) {
    return store
        .captions
        .entries()
        .filter(entry -> entry.getKey().snapshot().equals(snapshot))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparingLong(Caption::ordinal));
  }

  private Stream<Caption> passing(SnapshotId snapshot, JudgementFilter filter) {
    return store
        .judgements
        .entries()
        .filter(entry -> entry.getKey().snapshot().equals(snapshot))
        .map(Map.Entry::getValue)
        .filter(pair -> filter.passes(pair.judgement()))
        .map(pair -> of(pair.photo(), written(snapshot, pair.ordinal()), Judgement.NONE));
  }

  private Caption written(SnapshotId snapshot, long ordinal) {
    return store.captions.find(new InSnapshot<>(snapshot, ordinal)).orElseThrow();
  }

  private Caption judged(SnapshotId snapshot, Caption caption) {
    JudgedPlace place = new JudgedPlace(caption.photo(), caption.ordinal());
    Judgement judgement =
        store
            .judgements
            .find(new InSnapshot<>(snapshot, place))
            .map(JudgedPair::judgement)
            .orElse(Judgement.NONE);
    return of(caption.photo(), caption, judgement);
  }

  private static Caption of(PhotoId photo, Caption caption, Judgement judgement) {
    return new Caption(photo, caption.ordinal(), caption.number(), caption.text(), judgement);
  }

  private Described<Caption> described(
      InSnapshot<PhotoId> photo, long rank, List<Caption> captions) {
    return new Described<>(
        photo.key(),
        store.splits.find(photo),
        store.imported.find(photo).map(ImportedPhoto::content),
        rank,
        captions);
  }

  @Override
  public List<PhotoId> everyDescribed(SnapshotId snapshot, JudgementFilter filter, int every) {
    List<PhotoId> all = described(snapshot, filter).map(Described::photo).toList();
    return IntStream.range(0, all.size() / every)
        .mapToObj(i -> all.get((i + 1) * every - 1))
        .toList();
  }

  @Override
  public long describedPhotos(SnapshotId snapshot, JudgementFilter filter) {
    return described(snapshot, filter).count();
  }

  @Override
  public long count(SnapshotId snapshot, JudgementFilter filter, OptionalInt limit) {
    return described(snapshot, filter)
        .limit(limit.orElse(Integer.MAX_VALUE))
        .mapToLong(photo -> photo.captions().size())
        .sum();
  }

  @Override
  public void addClean(PreparationKey preparation, List<Described<CleanCaption>> photos) {
    photos.forEach(p -> store.clean.insert(new InPreparation<>(preparation, p.photo()), p));
  }

  @Override
  public long countClean(PreparationKey preparation, Split split) {
    return captions(preparation, split).count();
  }

  @Override
  public long countEmptyClean(PreparationKey preparation) {
    return captions(preparation, Split.ALL).filter(caption -> caption.tokens().isEmpty()).count();
  }

  @Override
  public void forEachClean(
      PreparationKey preparation, Split split, Consumer<CleanCaption> consumer) {
    captions(preparation, split)
        .sorted(Comparator.comparingLong(CleanCaption::ordinal))
        .forEach(consumer);
  }

  private Stream<Described<CleanCaption>> clean(PreparationKey preparation) {
    return store
        .clean
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(Described::photo));
  }

  private Stream<CleanCaption> captions(PreparationKey preparation, Split split) {
    return clean(preparation)
        .filter(photo -> split.isAll() || photo.split().equals(Optional.of(split)))
        .flatMap(photo -> photo.captions().stream());
  }

  @Override
  public List<Described<CleanCaption>> cleanAfter(
      PreparationKey preparation, Optional<PhotoId> after, int photos) {
    return clean(preparation).filter(photo -> isBehind(photo, after)).limit(photos).toList();
  }

  @Override
  public List<Description> descriptionsAfter(
      PreparationKey preparation, Optional<Description> after, int captions) {
    return clean(preparation)
        .flatMap(p -> p.captions().stream().map(c -> new Description(p.rank(), c)))
        .sorted(BY_PLACE)
        .filter(d -> after.isEmpty() || BY_PLACE.compare(d, after.get()) > 0)
        .limit(captions)
        .toList();
  }
}
