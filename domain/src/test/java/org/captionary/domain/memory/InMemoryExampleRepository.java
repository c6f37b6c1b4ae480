package org.captionary.domain.memory;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.InPreparation;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.NumberedCaption;
import org.captionary.domain.training.NumberedCaption.Place;
import org.captionary.domain.training.SplitFigures;

record InMemoryExampleRepository(Store store) implements ExampleRepository {

  @Override
  public void add(PreparationKey preparation, List<NumberedCaption> captions) {
    captions.forEach(c -> store.examples.insert(new InPreparation<>(preparation, c.ordinal()), c));
  }

  @Override
  public Optional<PhotoId> lastAdded(PreparationKey preparation) {
    return captions(preparation, Split.ALL)
        .map(NumberedCaption::photo)
        .max(Comparator.naturalOrder());
  }

  @Override
  public long count(PreparationKey preparation) {
    return captions(preparation, Split.ALL).count();
  }

  private Stream<NumberedCaption> captions(PreparationKey preparation, Split split) {
    return store
        .examples
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .map(Map.Entry::getValue)
        .filter(c -> split.isAll() || c.split().equals(Optional.of(split)))
        .sorted(
            Comparator.comparing(NumberedCaption::photo).thenComparing(NumberedCaption::ordinal));
  }

  private Set<Split> splits(PreparationKey preparation) {
    Set<Split> splits =
        captions(preparation, Split.ALL).flatMap(c -> c.split().stream()).collect(toSet());
    splits.add(Split.ALL);
    return splits;
  }

  private static Place place(NumberedCaption caption, Split split) {
    return (split.isAll() ? caption.inAll() : caption.inSplit()).orElseThrow();
  }

  private Stream<NumberedCaption> servable(PreparationKey preparation, Split split) {
    return captions(preparation, split)
        .filter(caption -> caption.content().isPresent() && caption.examples() > 0);
  }

  @Override
  public Map<Split, Place> next(PreparationKey preparation) {
    Map<Split, Place> next = new HashMap<>();
    for (Split split : splits(preparation)) {
      servable(preparation, split)
          .reduce((a, b) -> b)
          .ifPresent(last -> next.put(split, behind(last, split)));
    }
    return next;
  }

  private static Place behind(NumberedCaption last, Split split) {
    Place place = place(last, split);
    return new Place(place.firstExample() + last.examples(), place.photo() + 1);
  }

  @Override
  public Map<Split, SplitFigures> figures(PreparationKey preparation) {
    Map<Split, SplitFigures> figures = new HashMap<>();
    splits(preparation).forEach(split -> figures.put(split, figures(preparation, split)));
    return figures;
  }

  private SplitFigures figures(PreparationKey preparation, Split split) {
    List<NumberedCaption> captions = captions(preparation, split).toList();
    return new SplitFigures(
        photos(captions, caption -> true),
        photos(captions, caption -> caption.content().isPresent()),
        captions.size(),
        captions.stream().mapToLong(NumberedCaption::examples).sum(),
        servable(preparation, split).mapToLong(NumberedCaption::examples).sum(),
        photos(servable(preparation, split).toList(), caption -> true));
  }

  private static long photos(List<NumberedCaption> captions, Predicate<NumberedCaption> which) {
    return captions.stream().filter(which).map(NumberedCaption::photo).distinct().count();
  }

  @Override
  public List<NumberedCaption> byExample(
      PreparationKey preparation, Split split, long from, long to) {
    return servable(preparation, split)
        .filter(c -> from < to && place(c, split).firstExample() < to)
        .filter(c -> place(c, split).firstExample() + c.examples() > from)
        .toList();
  }

  @Override
  public List<NumberedCaption> byPhoto(
      PreparationKey preparation, Split split, long from, long to) {
    return servable(preparation, split)
        .filter(c -> place(c, split).photo() >= from && place(c, split).photo() < to)
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
  public long countContents(PreparationKey preparation) {
    return contents(preparation).count();
  }

  private Stream<ContentHash> contents(PreparationKey preparation) {
    return captions(preparation, Split.ALL)
        .flatMap(caption -> caption.content().stream())
        .distinct()
        .sorted(Comparator.comparing(ContentHash::hex));
  }
}
