package org.captionary.domain.memory;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.Unit;

record InMemoryExampleRepository(Store store) implements ExampleRepository {

  @Override
  public void add(PreparationKey preparation, List<EncodedPhoto> photos, ExampleTotals before) {
    photos.forEach(p -> store.examples.insert(new InPreparation<>(preparation, p.photo()), p));
  }

  private Stream<EncodedPhoto> photos(PreparationKey preparation, Split split) {
    return store
        .examples
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .map(Map.Entry::getValue)
        .filter(photo -> split.isAll() || photo.split().equals(Optional.of(split)))
        .sorted(Comparator.comparing(EncodedPhoto::photo));
  }

  private Stream<EncodedPhoto> servable(PreparationKey preparation, Split split) {
    return photos(preparation, split).filter(photo -> photo.content().isPresent());
  }

  private Set<Split> splits(PreparationKey preparation) {
    Set<Split> splits =
        photos(preparation, Split.ALL).flatMap(photo -> photo.split().stream()).collect(toSet());
    splits.add(Split.ALL);
    return splits;
  }

  @Override
  public Map<Split, SplitFigures> figures(PreparationKey preparation) {
    Map<Split, SplitFigures> figures = new HashMap<>();
    splits(preparation).forEach(split -> figures.put(split, figures(preparation, split)));
    return figures;
  }

  private SplitFigures figures(PreparationKey preparation, Split split) {
    List<EncodedPhoto> all = photos(preparation, split).toList();
    List<EncodedPhoto> servable = servable(preparation, split).toList();
    return new SplitFigures(
        all.size(),
        servable.size(),
        all.stream().mapToLong(photo -> photo.captions().size()).sum(),
        all.stream().mapToLong(EncodedPhoto::examples).sum(),
        servable.stream().mapToLong(EncodedPhoto::examples).sum(),
        servable.stream().filter(photo -> photo.examples() > 0).count(),
        byExamples(servable));
  }

  private static Map<Integer, Long> byExamples(List<EncodedPhoto> photos) {
    Map<Integer, Long> captions = new TreeMap<>();
    photos.forEach(
        photo ->
            photo.captions().forEach(c -> captions.merge(EncodedPhoto.examples(c), 1L, Long::sum)));
    return captions;
  }

  @Override
  public List<EncodedPhoto> between(
      PreparationKey preparation, Split split, Unit unit, long from, long to) {
    return servable(preparation, split)
        .filter(photo -> first(photo, split, unit) < to && from < to)
        .filter(photo -> first(photo, split, unit) + photo.count(unit) > from)
        .filter(photo -> photo.count(unit) > 0)
        .toList();
  }

  @Override
  public List<EncodedPhoto> holding(
      PreparationKey preparation, Split split, Unit unit, long[] numbers) {
    return servable(preparation, split)
        .filter(
            photo -> {
              long first = first(photo, split, unit);
              return LongStream.of(numbers)
                  .anyMatch(number -> first <= number && number < first + photo.count(unit));
            })
        .toList();
  }

  private static long first(EncodedPhoto photo, Split split, Unit unit) {
    return photo.place(split).orElseThrow().first(unit);
  }

  @Override
  public long[] captionNumbers(PreparationKey preparation, Split split, List<LengthRank> captions) {
    Map<Integer, List<Long>> byExamples = new HashMap<>();
    servable(preparation, split)
        .forEach(
            photo -> {
              long number = first(photo, split, Unit.CAPTION);
              for (int i = 0; i < photo.captions().size(); i++) {
                byExamples
                    .computeIfAbsent(
                        EncodedPhoto.examples(photo.captions().get(i)), e -> new ArrayList<>())
                    .add(number + i);
              }
            });
    return captions.stream()
        .mapToLong(c -> byExamples.get(c.examples()).get((int) c.rank()))
        .toArray();
  }

  @Override
  public List<EncodedPhoto> photosAfter(
      PreparationKey preparation, Optional<PhotoId> after, int limit) {
    return photos(preparation, Split.ALL)
        .filter(photo -> after.isEmpty() || photo.photo().compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<ContentHash> contentsAfter(
      PreparationKey preparation, Optional<ContentHash> after, int limit) {
    return contents(preparation)
        .filter(c -> after.isEmpty() || c.hex().compareTo(after.get().hex()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<ContentHash> contents(PreparationKey preparation, ContentRange range) {
    return contents(preparation)
        .filter(content -> content.hex().compareTo(range.from().hex()) >= 0)
        .filter(content -> content.hex().compareTo(range.to().hex()) <= 0)
        .toList();
  }

  @Override
  public long countContents(PreparationKey preparation) {
    return contents(preparation).count();
  }

  private Stream<ContentHash> contents(PreparationKey preparation) {
    return photos(preparation, Split.ALL)
        .flatMap(photo -> photo.content().stream())
        .distinct()
        .sorted(Comparator.comparing(ContentHash::hex));
  }
}
