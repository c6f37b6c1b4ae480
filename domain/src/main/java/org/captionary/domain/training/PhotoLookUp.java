package org.captionary.domain.training;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository.LengthRank;

/** Finds a split's photos by the numbers of what they hold: in memory, or in the repository. */
final class PhotoLookUp {

  private final ExampleRepository examples;
  private final KeptTexts texts;

  PhotoLookUp(ExampleRepository examples, KeptTexts texts) {
    this.examples = examples;
    this.texts = texts;
  }

  /** The photos that hold units with these numbers, each by the number of its first unit. */
  NavigableMap<Long, EncodedPhoto> holding(
      PreparationKey preparation, Split split, Unit unit, long[] numbers) {
    NavigableMap<Long, EncodedPhoto> found = new TreeMap<>();
    Optional<PackedText> text = texts.find(preparation);
    if (text.isEmpty()) {
      examples
          .holding(preparation, split, unit, numbers)
          .forEach(photo -> found.put(first(photo, split, unit), photo));
      return found;
    }
    for (long number : numbers) {
      EncodedPhoto photo = text.get().holding(split, unit, number);
      found.put(first(photo, split, unit), photo);
    }
    return found;
  }

  static long first(EncodedPhoto photo, Split split, Unit unit) {
    return photo.place(split).orElseThrow().first(unit);
  }

  /** As {@link ExampleRepository#between}. */
  List<EncodedPhoto> between(
      PreparationKey preparation, Split split, Unit unit, long from, long to) {
    return texts
        .find(preparation)
        .map(text -> text.between(split, unit, from, to))
        .orElseGet(() -> examples.between(preparation, split, unit, from, to));
  }

  /** As {@link ExampleRepository#captionNumbers}. */
  long[] captionNumbers(PreparationKey preparation, Split split, List<LengthRank> wanted) {
    return texts
        .find(preparation)
        .map(text -> wanted.stream().mapToLong(one -> text.captionNumber(split, one)).toArray())
        .orElseGet(() -> examples.captionNumbers(preparation, split, wanted));
  }
}
