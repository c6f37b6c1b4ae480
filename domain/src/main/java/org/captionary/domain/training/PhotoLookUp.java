package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.captionary.domain.vocabulary.EncodedCaption;

/** Finds a split's photos by the numbers of what they hold, and keeps those used last. */
final class PhotoLookUp {

  /** About what objects take around the words, and an entry of the maps. */
  private static final int PHOTO_BYTES = 500;

  private static final int CAPTION_BYTES = 60;
  private static final int RANK_BYTES = 150;

  private final ExampleRepository examples;
  private final Generations<NumberKey, EncodedPhoto> photos;
  private final LastUsed<RankKey, Long> captions;

  /**
   * @param keptBytes about the most that is kept
   */
  PhotoLookUp(ExampleRepository examples, long keptBytes) {
    this.examples = examples;
    this.photos = new Generations<>(keptBytes / 2, PhotoLookUp::weight);
    this.captions = new LastUsed<>(keptBytes / 2, number -> RANK_BYTES);
  }

  private static long weight(EncodedPhoto photo) {
    long words = photo.captions().stream().mapToLong(EncodedCaption::length).sum();
    return PHOTO_BYTES + (long) CAPTION_BYTES * photo.captions().size() + Integer.BYTES * words;
  }

  private record NumberKey(PreparationKey preparation, Split split, Unit unit, long first)
      implements Comparable<NumberKey> {

    private static final Comparator<NumberKey> ORDER =
        Comparator.<NumberKey>comparingLong(key -> key.preparation().value())
            .thenComparing(key -> key.split().name())
            .thenComparing(NumberKey::unit)
            .thenComparingLong(NumberKey::first);

    @Override
    public int compareTo(NumberKey other) {
      return ORDER.compare(this, other);
    }

    /** Whether a photo that stands here holds a number that is not below. */
    boolean holds(EncodedPhoto photo, NumberKey number) {
      return preparation.equals(number.preparation)
          && split.equals(number.split)
          && unit == number.unit
          && number.first < first + photo.count(unit);
    }
  }

  private record RankKey(PreparationKey preparation, Split split, LengthRank caption) {}

  /** The photos that hold units with these numbers, each by the number of its first unit. */
  NavigableMap<Long, EncodedPhoto> holding(
      PreparationKey preparation, Split split, Unit unit, long[] numbers) {
    NavigableMap<Long, EncodedPhoto> found = new TreeMap<>();
    long[] missing =
        LongStream.of(numbers)
            .filter(number -> !findKept(new NumberKey(preparation, split, unit, number), found))
            .toArray();
    if (missing.length > 0) {
      examples
          .holding(preparation, split, unit, missing)
          .forEach(photo -> found.put(keep(preparation, split, unit, photo), photo));
    }
    return found;
  }

  private boolean findKept(NumberKey number, Map<Long, EncodedPhoto> found) {
    EncodedPhoto kept =
        photos.find(
            map -> {
              Map.Entry<NumberKey, EncodedPhoto> entry = map.floorEntry(number);
              return entry != null && entry.getKey().holds(entry.getValue(), number) ? entry : null;
            });
    if (kept != null) {
      found.put(first(kept, number.split(), number.unit()), kept);
    }
    return kept != null;
  }

  private long keep(PreparationKey preparation, Split split, Unit unit, EncodedPhoto photo) {
    long first = first(photo, split, unit);
    photos.put(new NumberKey(preparation, split, unit, first), photo);
    return first;
  }

  static long first(EncodedPhoto photo, Split split, Unit unit) {
    return photo.place(split).orElseThrow().first(unit);
  }

  /** The photos that hold a unit with a number in {@code from..to-1}, in order of numbers. */
  List<EncodedPhoto> between(
      PreparationKey preparation, Split split, Unit unit, long from, long to) {
    List<EncodedPhoto> found = new ArrayList<>();
    NavigableMap<Long, EncodedPhoto> kept = new TreeMap<>();
    long number = from;
    while (number < to && findKept(new NumberKey(preparation, split, unit, number), kept)) {
      Map.Entry<Long, EncodedPhoto> last = kept.lastEntry();
      found.add(last.getValue());
      number = last.getKey() + last.getValue().count(unit);
    }
    if (number < to) {
      List<EncodedPhoto> rest = examples.between(preparation, split, unit, number, to);
      rest.forEach(photo -> keep(preparation, split, unit, photo));
      found.addAll(rest);
    }
    return found;
  }

  /** As {@link ExampleRepository#captionNumbers}. */
  long[] captionNumbers(PreparationKey preparation, Split split, List<LengthRank> wanted) {
    long[] numbers = new long[wanted.size()];
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      Long kept = captions.find(new RankKey(preparation, split, wanted.get(i)));
      if (kept == null) {
        missing.add(i);
      } else {
        numbers[i] = kept;
      }
    }
    if (!missing.isEmpty()) {
      long[] found =
          examples.captionNumbers(preparation, split, missing.stream().map(wanted::get).toList());
      for (int i = 0; i < found.length; i++) {
        numbers[missing.get(i)] = found[i];
        captions.put(new RankKey(preparation, split, wanted.get(missing.get(i))), found[i]);
      }
    }
    return numbers;
  }
}
