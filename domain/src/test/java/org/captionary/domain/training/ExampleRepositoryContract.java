package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.captionary.domain.training.ExampleNumbering.OrdinalCaption;
import org.captionary.domain.training.NumberedCaption.Place;
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

    assertThat(examples().lastAdded(key)).isEmpty();
    assertThat(examples().count(key)).isZero();
    assertThat(examples().figures(key)).isEqualTo(Map.of(Split.ALL, SplitFigures.NONE));
    assertThat(examples().byExample(key, Split.ALL, 0, NO_LIMIT)).isEmpty();
    assertThat(examples().byPhoto(key, Split.ALL, 0, NO_LIMIT)).isEmpty();
    assertThat(examples().contentsAfter(key, Optional.empty(), 5)).isEmpty();
    assertThat(examples().countContents(key)).isZero();
    Described<OrdinalCaption> probe = probe();
    assertThat(new ExampleNumbering(examples().next(key)).number(probe))
        .isEqualTo(new ExampleNumbering(Map.of()).number(probe));
  }

  @Test
  void givesCaptionsWithExamplesBackAsTheyWereAdded() {
    Filled filled = filled();

    for (Split split : SPLITS) {
      assertThat(examples().byExample(filled.key(), split, 0, NO_LIMIT))
          .isEqualTo(filled.servable(split))
          .isNotEmpty();
      assertThat(examples().byPhoto(filled.key(), split, 0, NO_LIMIT))
          .isEqualTo(filled.servable(split));
    }
    assertThat(examples().byExample(filled.key(), new Split("dev"), 0, NO_LIMIT)).isEmpty();
  }

  @Test
  void findsTheCaptionsOfEveryRunOfExamples() {
    Filled filled = filled();

    for (Split split : SPLITS) {
      for (long from = 0; from <= 12; from++) {
        for (long to = from; to <= 12; to++) {
          assertThat(examples().byExample(filled.key(), split, from, to))
              .as("%s %d..%d", split, from, to)
              .isEqualTo(filled.withExample(split, from, to));
        }
      }
    }
  }

  @Test
  void findsTheCaptionsOfEveryRunOfPhotos() {
    Filled filled = filled();

    for (Split split : SPLITS) {
      for (long from = 0; from <= 5; from++) {
        for (long to = from; to <= 5; to++) {
          assertThat(examples().byPhoto(filled.key(), split, from, to))
              .as("%s %d..%d", split, from, to)
              .isEqualTo(filled.withPhoto(split, from, to));
        }
      }
    }
  }

  @Test
  void tellsWhereToGoOnWhereverItStopped() {
    for (int stop = 0; stop <= 7; stop++) {
      Filled whole = described();
      List<Described<OrdinalCaption>> photos = whole.photos();
      add(whole.key(), new ExampleNumbering(Map.of()), photos.subList(0, stop));
      assertThat(examples().lastAdded(whole.key()))
          .isEqualTo(stop == 0 ? Optional.empty() : Optional.of(photos.get(stop - 1).photo()));

      add(
          whole.key(),
          new ExampleNumbering(examples().next(whole.key())),
          photos.subList(stop, photos.size()));

      assertThat(examples().byExample(whole.key(), Split.ALL, 0, NO_LIMIT))
          .as("stopped after %d photos", stop)
          .isEqualTo(whole.servable(Split.ALL));
      assertThat(examples().byPhoto(whole.key(), TEST, 0, NO_LIMIT))
          .isEqualTo(whole.servable(TEST));
    }
  }

  @Test
  void countsEveryCaption() {
    Filled filled = filled();

    assertThat(examples().count(filled.key())).isEqualTo(CAPTIONS.length);
    assertThat(examples().lastAdded(filled.key())).contains(new PhotoId("g"));
  }

  @Test
  void sumsUpEachSplit() {
    Filled filled = filled();

    assertThat(examples().figures(filled.key()))
        .isEqualTo(
            Map.of(
                Split.ALL,
                new SplitFigures(7, 6, 10, 13, 11, 4),
                TRAIN,
                new SplitFigures(3, 2, 5, 6, 4, 1),
                TEST,
                new SplitFigures(2, 2, 3, 2, 2, 1)));
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
    Described<OrdinalCaption> photo =
        described(snapshot)
            .get(0)
            .with(raw -> List.of(new OrdinalCaption(0, new EncodedCaption(indices))));

    add(key, new ExampleNumbering(Map.of()), List.of(photo));

    assertThat(examples().byExample(key, Split.ALL, 2_998, 2_999).get(0).caption().toArray())
        .isEqualTo(indices);
    assertThat(examples().byExample(key, Split.ALL, 2_999, 3_000)).isEmpty();
  }

  @Test
  void keepsPreparationsApart() {
    Filled filled = filled();
    PreparationKey other = newPreparation(newJob());

    assertThat(examples().count(other)).isZero();
    assertThat(examples().countContents(other)).isZero();
    assertThat(examples().byExample(other, Split.ALL, 0, NO_LIMIT)).isEmpty();
    assertThat(examples().count(filled.key())).isEqualTo(CAPTIONS.length);
  }

  /** A photo to see the numbering by. */
  private static Described<OrdinalCaption> probe() {
    OrdinalCaption caption = new OrdinalCaption(9, new EncodedCaption(new int[] {1, 2}));
    return new Described<>(
        new PhotoId("probe"), Optional.of(TRAIN), Optional.of(uniqueHash()), 9, List.of(caption));
  }

  private record Filled(
      PreparationKey key, List<Described<OrdinalCaption>> photos, List<NumberedCaption> numbered) {

    List<NumberedCaption> servable(Split split) {
      return withPhoto(split, 0, NO_LIMIT);
    }

    List<NumberedCaption> withPhoto(Split split, long from, long to) {
      return withExamples(split)
          .filter(c -> place(c, split).photo() >= from && place(c, split).photo() < to)
          .toList();
    }

    List<NumberedCaption> withExample(Split split, long from, long to) {
      return withExamples(split)
          .filter(
              c -> {
                long first = place(c, split).firstExample();
                return first < to && first + c.examples() > from && from < to;
              })
          .toList();
    }

    private Stream<NumberedCaption> withExamples(Split split) {
      return numbered.stream()
          .filter(c -> c.examples() > 0 && c.inAll().isPresent())
          .filter(c -> split.isAll() || c.split().equals(Optional.of(split)));
    }

    private static Place place(NumberedCaption caption, Split split) {
      return (split.isAll() ? caption.inAll() : caption.inSplit()).orElseThrow();
    }
  }

  private Filled filled() {
    Filled filled = described();
    ExampleNumbering numbering = new ExampleNumbering(Map.of());
    add(filled.key(), numbering, filled.photos().subList(0, 2));
    add(filled.key(), numbering, filled.photos().subList(2, 7));
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
    List<Described<OrdinalCaption>> photos =
        raw.stream().map(ExampleRepositoryContract::encoded).toList();
    ExampleNumbering numbering = new ExampleNumbering(Map.of());
    List<NumberedCaption> numbered = new ArrayList<>();
    photos.forEach(photo -> numbered.addAll(numbering.number(photo)));
    return new Filled(key, photos, numbered);
  }

  private static Described<OrdinalCaption> encoded(Described<Caption> photo) {
    return clean(photo)
        .with(
            captions ->
                captions.stream()
                    .map(c -> new OrdinalCaption(c.ordinal(), indices(c.tokens())))
                    .toList());
  }

  private static EncodedCaption indices(List<String> tokens) {
    return new EncodedCaption(
        Arrays.stream(tokens.toArray(String[]::new)).mapToInt(Integer::parseInt).toArray());
  }

  private void add(
      PreparationKey key, ExampleNumbering numbering, List<Described<OrdinalCaption>> photos) {
    List<NumberedCaption> numbered =
        photos.stream().flatMap(photo -> numbering.number(photo).stream()).toList();
    write(() -> examples().add(key, numbered));
  }

  private ExampleRepository examples() {
    return repositories().examples();
  }
}
