package org.captionary.domain.training;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository.LengthRank;

/**
 * Finds a split's photos by the numbers of what they hold: in memory, or in the repository. What it
 * finds is whole: it throws {@link IncompletePreparationException} if a photo that is asked for is
 * missing, as when a preparation's rows are on their way out.
 */
final class PhotoLookUp {

  private final ExampleRepository examples;
  private final KeptTexts texts;

  PhotoLookUp(ExampleRepository examples, KeptTexts texts) {
    this.examples = examples;
    this.texts = texts;
  }

  /** The photos that hold units with these numbers, each by the number of its first unit. */
  NavigableMap<Long, EncodedPhoto> holding(
      TrainingSet set, Split split, Unit unit, long[] numbers) {
    NavigableMap<Long, EncodedPhoto> found = find(set, split, unit, numbers);
    for (long number : numbers) {
      Map.Entry<Long, EncodedPhoto> holder = found.floorEntry(number);
      require(holder != null && number < holder.getKey() + holder.getValue().count(unit));
    }
    return found;
  }

  private static void require(boolean whole) {
    if (!whole) {
      throw new IncompletePreparationException("rows of its text are missing");
    }
  }

  private NavigableMap<Long, EncodedPhoto> find(
      TrainingSet set, Split split, Unit unit, long[] numbers) {
    NavigableMap<Long, EncodedPhoto> found = new TreeMap<>();
    Optional<PackedText> text = texts.find(set);
    if (text.isEmpty()) {
      examples
          .holding(set.key(), split, unit, numbers)
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
  List<EncodedPhoto> between(TrainingSet set, Split split, Unit unit, long from, long to) {
    List<EncodedPhoto> found =
        texts
            .find(set)
            .map(text -> text.between(split, unit, from, to))
            .orElseGet(() -> examples.between(set.key(), split, unit, from, to));
    long next = from;
    for (EncodedPhoto photo : found) {
      require(first(photo, split, unit) <= next);
      next = first(photo, split, unit) + photo.count(unit);
    }
    require(next >= to);
    return found;
  }

  /** As {@link ExampleRepository#captionNumbers}. */
  long[] captionNumbers(TrainingSet set, Split split, List<LengthRank> wanted) {
    long[] numbers = findNumbers(set, split, wanted);
    require(LongStream.of(numbers).allMatch(number -> number >= 0));
    return numbers;
  }

  private long[] findNumbers(TrainingSet set, Split split, List<LengthRank> wanted) {
    return texts
        .find(set)
        .map(text -> wanted.stream().mapToLong(one -> text.captionNumber(split, one)).toArray())
        .orElseGet(() -> examples.captionNumbers(set.key(), split, wanted));
  }
}
