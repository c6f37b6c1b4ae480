package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.RepositoryContract;
import org.captionary.domain.training.ExampleRepository.ContentRange;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.junit.jupiter.api.Test;

/** Contract of {@link ExampleRepository}. */
public abstract class ExampleRepositoryContract extends RepositoryContract {

  private static final int NO_LIMIT = 1_000_000;
  private static final List<Split> SPLITS = List.of(Split.ALL, TRAIN, TEST);

  /**
   * Photos by id: a (train) has two captions; b (train) has no file; c (train) has captions too
   * short for an example; d (test); e is in no split; f (test) lost every word; g has d's content.
   */
  private static final String[] CAPTIONS = {
    "g: 3 1",
    "a: 1 2 3 4",
    "d: 5 6 7",
    "a: 2 9",
    "b: 1 2 3",
    "c: 4",
    "c:  ",
    "d: 8",
    "e: 6 5 4 3 2",
    "f:  "
  };

  @Test
  void startsWithoutExamples() {
    PreparationKey key = newPreparation(newJob());

    assertThat(examples().figures(key)).isEqualTo(Map.of(Split.ALL, SplitFigures.NONE));
    for (Unit unit : Unit.values()) {
      assertThat(examples().between(key, Split.ALL, unit, 0, NO_LIMIT)).isEmpty();
      assertThat(examples().holding(key, Split.ALL, unit, new long[0])).isEmpty();
    }
    assertThat(examples().captionNumbers(key, Split.ALL, List.of())).isEmpty();
    assertThat(examples().photosAfter(key, Optional.empty(), 5)).isEmpty();
    assertThat(examples().contentsAfter(key, Optional.empty(), 5)).isEmpty();
    assertThat(examples().countContents(key)).isZero();
  }

  @Test
  void givesPhotosBackAsTheyWereAdded() {
    Filled filled = filled();

    assertThat(examples().photosAfter(filled.key(), Optional.empty(), 100))
        .isEqualTo(filled.numbered())
        .hasSize(7);
    assertThat(examples().photosAfter(filled.key(), Optional.of(new PhotoId("b")), 3))
        .isEqualTo(filled.numbered().subList(2, 5));
    assertThat(examples().photosAfter(filled.key(), Optional.of(new PhotoId("g")), 3)).isEmpty();
    assertThat(examples().between(filled.key(), new Split("dev"), Unit.EXAMPLE, 0, NO_LIMIT))
        .isEmpty();
  }

  @Test
  void findsThePhotosOfEveryRunOfNumbers() {
    Filled filled = filled();

    for (Split split : SPLITS) {
      for (Unit unit : Unit.values()) {
        assertThat(filled.holding(split, unit, n -> true)).isNotEmpty();
        for (long from = 0; from <= 12; from++) {
          for (long to = from; to <= 12; to++) {
            long begin = from;
            long end = to;
            assertThat(examples().between(filled.key(), split, unit, from, to))
                .as("%s %s %d..%d", split, unit, from, to)
                .isEqualTo(filled.holding(split, unit, n -> n >= begin && n < end));
          }
        }
      }
    }
  }

  @Test
  void findsThePhotosOfScatteredNumbers() {
    Filled filled = filled();

    for (Split split : SPLITS) {
      for (Unit unit : Unit.values()) {
        long count = examples().figures(filled.key()).get(split).count(unit);
        for (long a = 0; a < count; a++) {
          for (long b = 0; b < count; b++) {
            Set<Long> wanted = new HashSet<>(List.of(a, b));
            assertThat(examples().holding(filled.key(), split, unit, new long[] {b, a, b}))
                .as("%s %s %d %d", split, unit, a, b)
                .isEqualTo(filled.holding(split, unit, wanted::contains));
          }
        }
      }
    }
  }

  /** Of all: a 3 1, c 0 0, d 2 0, e 4, f 0, g 1 examples a caption. */
  @Test
  void findsCaptionsByTheirLength() {
    Filled filled = filled();

    assertThat(numbers(filled, Split.ALL, new LengthRank(0, 3), new LengthRank(1, 0)))
        .containsExactly(7, 1);
    assertThat(
            numbers(
                filled,
                Split.ALL,
                new LengthRank(1, 1),
                new LengthRank(4, 0),
                new LengthRank(1, 1),
                new LengthRank(0, 0)))
        .containsExactly(8, 6, 8, 2);
    assertThat(numbers(filled, TEST, new LengthRank(2, 0), new LengthRank(0, 1)))
        .containsExactly(0, 2);
  }

  /** So many that they do not stand in one row of a table. */
  @Test
  void findsAnyOfManyEquallyLongCaptions() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "a: x");
    newPhoto(snapshot, "a");
    PreparationKey key = newPreparation(job);
    write(
        () -> repositories().captions().addClean(key, List.of(clean(described(snapshot).get(0)))));
    List<EncodedCaption> captions =
        IntStream.range(0, 1_500)
            .mapToObj(i -> new EncodedCaption(IntStream.rangeClosed(0, i % 2).toArray()))
            .map(c -> new EncodedCaption(Arrays.stream(c.toArray()).map(w -> w + 1).toArray()))
            .toList();
    add(
        key,
        new ExampleNumbering(ExampleTotals.NONE),
        List.of(described(snapshot).get(0).with(raw -> captions)));

    for (int rank = 0; rank < 750; rank++) {
      assertThat(
              examples()
                  .captionNumbers(
                      key, Split.ALL, List.of(new LengthRank(1, rank), new LengthRank(0, rank))))
          .containsExactly(2L * rank + 1, 2L * rank);
    }
  }

  private long[] numbers(Filled filled, Split split, LengthRank... captions) {
    return examples().captionNumbers(filled.key(), split, List.of(captions));
  }

  @Test
  void takesRunsOfPhotosInAnyOrder() {
    for (int cut = 0; cut <= 7; cut++) {
      Filled whole = described();
      List<EncodedPhoto> photos = whole.numbered();
      List<EncodedPhoto> first = photos.subList(0, cut);
      List<EncodedPhoto> second = photos.subList(cut, photos.size());

      write(() -> examples().add(whole.key(), second, ExampleTotals.of(first)));
      write(() -> examples().add(whole.key(), first, ExampleTotals.NONE));

      assertThat(examples().photosAfter(whole.key(), Optional.empty(), 100))
          .as("cut after %d photos", cut)
          .isEqualTo(photos);
      assertThat(numbers(whole, Split.ALL, new LengthRank(0, 3), new LengthRank(1, 1)))
          .containsExactly(7, 8);
      assertThat(examples().figures(whole.key())).isEqualTo(examples().figures(filled().key()));
    }
  }

  @Test
  void givesTheContentsOfARange() {
    Filled filled = filled();
    List<ContentHash> all = examples().contentsAfter(filled.key(), Optional.empty(), 100);

    assertThat(examples().contents(filled.key(), new ContentRange(all.get(1), all.get(3))))
        .isEqualTo(all.subList(1, 4));
    assertThat(examples().contents(filled.key(), new ContentRange(all.get(2), all.get(2))))
        .containsExactly(all.get(2));
    assertThat(examples().contents(filled.key(), new ContentRange(all.get(3), all.get(1))))
        .isEmpty();
  }

  @Test
  void countsEveryCaption() {
    Filled filled = filled();
  }

  @Test
  void sumsUpEachSplit() {
    Filled filled = filled();

    assertThat(examples().figures(filled.key()))
        .isEqualTo(
            Map.of(
                Split.ALL,
                new SplitFigures(7, 6, 10, 13, 11, 4, Map.of(0, 4L, 1, 2L, 2, 1L, 3, 1L, 4, 1L)),
                TRAIN,
                new SplitFigures(3, 2, 5, 6, 4, 1, Map.of(0, 2L, 1, 1L, 3, 1L)),
                TEST,
                new SplitFigures(2, 2, 3, 2, 2, 1, Map.of(0, 2L, 2, 1L))));
  }

  @Test
  void givesDistinctContentsInTheOrderOfTheirHashes() {
    Filled filled = filled();
    List<ContentHash> contents =
        filled.photos().stream()
            .flatMap(photo -> photo.content().stream())
            .distinct()
            .sorted(Comparator.comparing(ContentHash::hex))
            .toList();
    assertThat(contents).hasSize(5);

    assertThat(examples().countContents(filled.key())).isEqualTo(5);
    assertThat(examples().contentsAfter(filled.key(), Optional.empty(), 100)).isEqualTo(contents);
    assertThat(examples().contentsAfter(filled.key(), Optional.of(contents.get(1)), 2))
        .isEqualTo(contents.subList(2, 4));
    assertThat(examples().contentsAfter(filled.key(), Optional.of(contents.get(4)), 2)).isEmpty();
  }

  @Test
  void keepsLongCaptionsAndHighIndices() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "a: x");
    newPhoto(snapshot, "a");
    PreparationKey key = newPreparation(job);
    int[] indices = IntStream.range(0, 3_000).map(i -> i * 40_000 + 1).toArray();
    write(
        () -> repositories().captions().addClean(key, List.of(clean(described(snapshot).get(0)))));
    Described<EncodedCaption> photo =
        described(snapshot).get(0).with(raw -> List.of(new EncodedCaption(indices)));

    add(key, new ExampleNumbering(ExampleTotals.NONE), List.of(photo));

    List<EncodedPhoto> last = examples().between(key, Split.ALL, Unit.EXAMPLE, 2_998, 2_999);
    assertThat(last.get(0).captions().get(0).toArray()).isEqualTo(indices);
    assertThat(examples().between(key, Split.ALL, Unit.EXAMPLE, 2_999, 3_000)).isEmpty();
  }

  @Test
  void keepsPreparationsApart() {
    Filled filled = filled();
    PreparationKey other = newPreparation(newJob());

    assertThat(examples().countContents(other)).isZero();
    assertThat(examples().between(other, Split.ALL, Unit.PHOTO, 0, NO_LIMIT)).isEmpty();
  }

  /** A photo to see the numbering by. */
  private static Described<EncodedCaption> probe() {
    EncodedCaption caption = new EncodedCaption(new int[] {1, 2});
    return new Described<>(
        new PhotoId("probe"), Optional.of(TRAIN), Optional.of(uniqueHash()), 9, List.of(caption));
  }

  private record Filled(
      PreparationKey key, List<Described<EncodedCaption>> photos, List<EncodedPhoto> numbered) {

    /** The servable photos that hold a unit with one of the numbers. */
    List<EncodedPhoto> holding(Split split, Unit unit, LongPredicate number) {
      return numbered.stream()
          .filter(photo -> photo.place(split).isPresent())
          .filter(
              photo ->
                  LongStream.range(0, units(photo, unit))
                      .map(i -> photo.place(split).orElseThrow().first(unit) + i)
                      .anyMatch(number))
          .toList();
    }

    private static long units(EncodedPhoto photo, Unit unit) {
      return switch (unit) {
        case PHOTO -> 1;
        case PHOTO_WITH_EXAMPLES -> Math.min(1, photo.examples());
        case CAPTION -> photo.captions().size();
        case EXAMPLE -> photo.examples();
      };
    }
  }

  private Filled filled() {
    Filled filled = described();
    List<EncodedPhoto> first = filled.numbered().subList(0, 2);
    write(() -> examples().add(filled.key(), first, ExampleTotals.NONE));
    List<EncodedPhoto> rest = filled.numbered().subList(2, 7);
    write(() -> examples().add(filled.key(), rest, ExampleTotals.of(first)));
    return filled;
  }

  /** The photos with clean captions, their examples not added yet. */
  private Filled described() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, CAPTIONS);
    addToSplit(snapshot, TRAIN, "a", "b", "c");
    addToSplit(snapshot, TEST, "d", "f");
    Stream.of("a", "c", "d", "e", "f").forEach(id -> newPhoto(snapshot, id));
    ContentHash shared = described(snapshot).get(3).content().orElseThrow();
    write(() -> repositories().snapshots().addPhotos(snapshot, List.of(photo("g", shared))));
    PreparationKey key = newPreparation(job);
    List<Described<Caption>> raw = described(snapshot);
    write(
        () ->
            repositories()
                .captions()
                .addClean(key, raw.stream().map(RepositoryContract::clean).toList()));
    List<Described<EncodedCaption>> photos =
        raw.stream().map(ExampleRepositoryContract::encoded).toList();
    ExampleNumbering numbering = new ExampleNumbering(ExampleTotals.NONE);
    return new Filled(key, photos, photos.stream().map(numbering::number).toList());
  }

  private static Described<EncodedCaption> encoded(Described<Caption> photo) {
    return clean(photo).with(captions -> captions.stream().map(c -> indices(c.tokens())).toList());
  }

  private static EncodedCaption indices(List<String> tokens) {
    return new EncodedCaption(
        Arrays.stream(tokens.toArray(String[]::new)).mapToInt(Integer::parseInt).toArray());
  }

  private void add(
      PreparationKey key, ExampleNumbering numbering, List<Described<EncodedCaption>> photos) {
    List<EncodedPhoto> numbered = photos.stream().map(numbering::number).toList();
    write(() -> examples().add(key, numbered, ExampleTotals.NONE));
  }

  private ExampleRepository examples() {
    return repositories().examples();
  }
}
