package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * How much of what can be served stands in some photos, over all and within each split. Totals of
 * runs of photos add up, so that runs can be counted apart and then be numbered apart.
 */
public final class ExampleTotals {

  public static final ExampleTotals NONE = new ExampleTotals(Map.of());

  private static final String BETWEEN = " ";
  private static final String OF = ":";

  private final Map<Split, OfSplit> splits;

  private ExampleTotals(Map<Split, OfSplit> splits) {
    this.splits = Map.copyOf(splits);
  }

  /**
   * The totals of one split.
   *
   * @param behind the place of a photo that would follow
   * @param captionsByExamples how many captions have so many examples
   */
  private record OfSplit(Place behind, Map<Integer, Long> captionsByExamples) {

    private static final OfSplit NONE = new OfSplit(Place.FIRST, Map.of());

    OfSplit {
      captionsByExamples = Collections.unmodifiableMap(new TreeMap<>(captionsByExamples));
    }

    OfSplit plus(OfSplit other) {
      Map<Integer, Long> captions = new HashMap<>(captionsByExamples);
      other.captionsByExamples.forEach((examples, n) -> captions.merge(examples, n, Long::sum));
      return new OfSplit(behind.plus(other.behind), captions);
    }
  }

  /** The place of a photo of the split, or of {@link Split#ALL}, that stands behind these. */
  public Place behind(Split split) {
    return of(split).behind();
  }

  /** How many captions of the split have so many examples. */
  public long captions(Split split, int examples) {
    return of(split).captionsByExamples().getOrDefault(examples, 0L);
  }

  private OfSplit of(Split split) {
    return splits.getOrDefault(split, OfSplit.NONE);
  }

  public ExampleTotals plus(ExampleTotals other) {
    Map<Split, OfSplit> sums = new HashMap<>(splits);
    other.splits.forEach((split, totals) -> sums.merge(split, totals, OfSplit::plus));
    return new ExampleTotals(sums);
  }

  /** Of numbered photos. */
  public static ExampleTotals of(List<EncodedPhoto> photos) {
    Sums sums = new Sums();
    photos.stream()
        .filter(photo -> photo.inAll().isPresent())
        .forEach(p -> sums.add(p.split(), p.captions().stream().map(EncodedCaption::length)));
    return sums.totals();
  }

  /**
   * Of photos, those without a file among them, before their captions are encoded.
   *
   * @param photos with each caption's length in words, as it will be when encoded
   */
  public static ExampleTotals ofLengths(List<Described<Integer>> photos) {
    Sums sums = new Sums();
    photos.stream()
        .filter(photo -> photo.content().isPresent())
        .forEach(photo -> sums.add(photo.split(), photo.captions().stream()));
    return sums.totals();
  }

  /** Adds photos up. */
  private static final class Sums {

    private final Map<Split, Sum> sums = new HashMap<>();

    void add(Optional<Split> split, Stream<Integer> lengths) {
      List<Integer> examples = lengths.map(EncodedPhoto::examples).toList();
      sum(Split.ALL).add(examples);
      split.ifPresent(own -> sum(own).add(examples));
    }

    private Sum sum(Split split) {
      return sums.computeIfAbsent(split, s -> new Sum());
    }

    ExampleTotals totals() {
      Map<Split, OfSplit> totals = new HashMap<>();
      sums.forEach((split, sum) -> totals.put(split, sum.total()));
      return new ExampleTotals(totals);
    }
  }

  private static final class Sum {

    private final Map<Integer, Long> captionsByExamples = new HashMap<>();
    private long photos;
    private long photosWithExamples;

    void add(List<Integer> examples) {
      photos++;
      photosWithExamples += examples.stream().anyMatch(n -> n > 0) ? 1 : 0;
      examples.forEach(n -> captionsByExamples.merge(n, 1L, Long::sum));
    }

    OfSplit total() {
      long captions = captionsByExamples.values().stream().mapToLong(n -> n).sum();
      long examples =
          captionsByExamples.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
      return new OfSplit(
          new Place(photos, photosWithExamples, captions, examples), captionsByExamples);
    }
  }

  /** As strings that {@link #read} takes: of each split its name, its place and its captions. */
  public List<String> write() {
    List<String> written = new ArrayList<>();
    splits.forEach(
        (split, totals) -> {
          Place place = totals.behind();
          List<String> numbers = new ArrayList<>();
          List.of(place.photo(), place.photoWithExamples(), place.caption(), place.example())
              .forEach(number -> numbers.add(number.toString()));
          totals.captionsByExamples().forEach((e, captions) -> numbers.add(e + OF + captions));
          written.add(split.name());
          written.add(String.join(BETWEEN, numbers));
        });
    return written;
  }

  public static ExampleTotals read(List<String> written) {
    Map<Split, OfSplit> splits = new HashMap<>();
    for (int i = 0; i < written.size(); i += 2) {
      splits.put(new Split(written.get(i)), ofSplit(written.get(i + 1).split(BETWEEN)));
    }
    return new ExampleTotals(splits);
  }

  private static OfSplit ofSplit(String[] numbers) {
    Map<Integer, Long> captions = new HashMap<>();
    for (int i = 4; i < numbers.length; i++) {
      String[] pair = numbers[i].split(OF);
      captions.put(Integer.valueOf(pair[0]), Long.valueOf(pair[1]));
    }
    Place behind =
        new Place(
            Long.parseLong(numbers[0]),
            Long.parseLong(numbers[1]),
            Long.parseLong(numbers[2]),
            Long.parseLong(numbers[3]));
    return new OfSplit(behind, captions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExampleTotals totals && splits.equals(totals.splits);
  }

  @Override
  public int hashCode() {
    return splits.hashCode();
  }

  @Override
  public String toString() {
    return splits.toString();
  }
}
