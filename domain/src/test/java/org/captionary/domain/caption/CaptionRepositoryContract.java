package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.captionary.domain.caption.CaptionRepository.Description;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.RepositoryContract;
import org.junit.jupiter.api.Test;

/** Contract of {@link CaptionRepository}. */
public abstract class CaptionRepositoryContract extends RepositoryContract {

  private static final String EMOJI = "\uD83D\uDE00";
  private static final String WIDE_TILDE = "\uFF5E";

  private static final PhotoId A = new PhotoId("a");
  private static final Judgement GOOD = new Judgement(List.of(4, 3, 4), 2, 1);
  private static final Judgement BAD = new Judgement(List.of(1, 2, 1), 0, 3);
  private static final JudgementFilter EXPERT_3 =
      new JudgementFilter(OptionalDouble.of(3), OptionalDouble.empty());

  /** Captions of photos that take turns, and not in the order of ids. */
  private static final String[] MIXED = {
    "c: one", "a: two words", "c: three", "b: four", "a:  ", "c: six", "B: seven"
  };

  @Test
  void givesDescribedPhotosInTheOrderOfCodePointsWithTheirCaptionsInDatasetOrder() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, EMOJI + ": one", "a: two", "B: three", WIDE_TILDE + ": four", "a: five");

    List<Described<Caption>> described = described(snapshot);

    assertThat(described)
        .extracting(photo -> photo.photo().value())
        .containsExactly("B", "a", WIDE_TILDE, EMOJI);
    assertThat(described.get(1).captions())
        .containsExactly(
            new Caption(new PhotoId("a"), 1, "two"), new Caption(new PhotoId("a"), 4, "five"));
    assertThat(described).extracting(Described::rank).containsExactly(2L, 1L, 3L, 0L);
  }

  @Test
  void tellsSplitAndContentOfADescribedPhoto() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, "a: one", "b: two", "c: three");
    addToSplit(snapshot, TRAIN, "a", "x");
    addToSplit(snapshot, TEST, "b");
    ContentHash b = newPhoto(snapshot, "b");
    ContentHash c = newPhoto(snapshot, "c");
    newPhoto(snapshot, "undescribed");

    List<Described<Caption>> described = described(snapshot);

    assertThat(described)
        .extracting(Described::split)
        .containsExactly(Optional.of(TRAIN), Optional.of(TEST), Optional.empty());
    assertThat(described)
        .extracting(Described::content)
        .containsExactly(Optional.empty(), Optional.of(b), Optional.of(c));
  }

  @Test
  void pagesThroughDescribedPhotos() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, MIXED);
    List<Described<Caption>> all = described(snapshot);

    for (int size = 1; size <= all.size() + 1; size++) {
      List<Described<Caption>> paged = new ArrayList<>();
      List<Described<Caption>> page =
          captions().describedAfter(snapshot, JudgementFilter.NONE, Optional.empty(), size);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        paged.addAll(page);
        PhotoId last = page.get(page.size() - 1).photo();
        page = captions().describedAfter(snapshot, JudgementFilter.NONE, Optional.of(last), size);
      }
      assertThat(paged).isEqualTo(all);
    }
  }

  @Test
  void goesOnBehindAPhotoThatIsNotThere() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, MIXED);

    assertThat(
            captions()
                .describedAfter(snapshot, JudgementFilter.NONE, Optional.of(new PhotoId("aa")), 9))
        .extracting(photo -> photo.photo().value())
        .containsExactly("b", "c");
  }

  @Test
  void countsPhotosAndCaptions() {
    SnapshotId snapshot = newSnapshot(newJob());
    assertThat(captions().describedPhotos(snapshot, JudgementFilter.NONE)).isZero();
    assertThat(captions().count(snapshot, JudgementFilter.NONE, OptionalInt.empty())).isZero();

    addCaptions(snapshot, MIXED);

    assertThat(captions().describedPhotos(snapshot, JudgementFilter.NONE)).isEqualTo(4);
    assertThat(captions().count(snapshot, JudgementFilter.NONE, OptionalInt.empty())).isEqualTo(7);
    assertThat(captions().count(snapshot, JudgementFilter.NONE, OptionalInt.of(1))).isEqualTo(1);
    assertThat(captions().count(snapshot, JudgementFilter.NONE, OptionalInt.of(2))).isEqualTo(3);
    assertThat(captions().count(snapshot, JudgementFilter.NONE, OptionalInt.of(9))).isEqualTo(7);
  }

  /** As when the store goes away: whoever comes next must not wait for it. */
  @Test
  void keepsNothingOfRowsThatFailInTheMiddle() {
    SnapshotId snapshot = newSnapshot(newJob());
    List<Caption> broken =
        new AbstractList<>() {
          @Override
          public Caption get(int index) {
            if (index == 2) {
              throw new IllegalStateException("in the middle");
            }
            return new Caption(new PhotoId("p" + index), index, "text");
          }

          @Override
          public int size() {
            return 3;
          }
        };

    assertThatThrownBy(() -> write(() -> captions().add(snapshot, broken)))
        .hasMessage("in the middle");

    assertThat(captions().describedPhotos(snapshot, JudgementFilter.NONE)).isZero();
    addCaptions(snapshot, "a: x");
    assertThat(captions().describedPhotos(snapshot, JudgementFilter.NONE)).isEqualTo(1);
  }

  @Test
  void tellsWhereRunsOfDescribedPhotosEnd() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, "d: x", "a: x", "c: x", "a: y", "b: x", "e: x");

    assertThat(captions().everyDescribed(snapshot, JudgementFilter.NONE, 2))
        .containsExactly(new PhotoId("b"), new PhotoId("d"));
    assertThat(captions().everyDescribed(snapshot, JudgementFilter.NONE, 5))
        .containsExactly(new PhotoId("e"));
    assertThat(captions().everyDescribed(snapshot, JudgementFilter.NONE, 6)).isEmpty();
  }

  @Test
  void keepsATextAsItStands() {
    SnapshotId snapshot = newSnapshot(newJob());
    List<String> texts =
        List.of("", " ", "\\N", "\\", "a\tb", "\"q\", 'q'", "NULL", "\\.", EMOJI + "\u0301", "x ");
    List<Caption> rows = new ArrayList<>();
    texts.forEach(text -> rows.add(new Caption(new PhotoId("a"), rows.size(), text)));

    write(() -> captions().add(snapshot, rows));

    assertThat(described(snapshot).get(0).captions()).isEqualTo(rows);
  }

  @Test
  void keepsTheNumberOfACaption() {
    SnapshotId snapshot = newSnapshot(newJob());
    List<Caption> rows =
        List.of(
            new Caption(A, 0, OptionalInt.of(3), "one"),
            new Caption(A, 1, OptionalInt.empty(), "two"),
            new Caption(A, 2, OptionalInt.of(0), "three"));

    write(() -> captions().add(snapshot, rows));

    assertThat(described(snapshot).get(0).captions()).isEqualTo(rows);
    assertThat(captions().of(snapshot, List.of(A))).isEqualTo(rows);
  }

  @Test
  void findsTheCaptionsOfPhotosInDatasetOrder() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, MIXED);

    assertThat(captions().of(snapshot, List.of(new PhotoId("c"), A, new PhotoId("x"))))
        .extracting(caption -> caption.photo() + " " + caption.ordinal())
        .containsExactly("c 0", "a 1", "c 2", "a 4", "c 5");
    assertThat(captions().of(snapshot, List.of())).isEmpty();
    assertThat(captions().of(newSnapshot(newJob()), List.of(A))).isEmpty();
  }

  @Test
  void tellsHowAPhotosOwnCaptionsWereJudgedForIt() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, "a: one", "b: two", "a: three");
    judge(snapshot, pair("a", "a", 2, GOOD), pair("a", "b", 1, BAD), pair("b", "b", 1, BAD));
    judge(newSnapshot(newJob()), pair("a", "a", 0, GOOD));

    List<Described<Caption>> described = described(snapshot);

    assertThat(described).extracting(photo -> photo.captions().size()).containsExactly(2, 1);
    assertThat(described.get(0).captions())
        .extracting(Caption::judgement)
        .containsExactly(Judgement.NONE, GOOD);
    assertThat(described.get(1).captions()).extracting(Caption::judgement).containsExactly(BAD);
  }

  /** Photo a has one caption of its own that passes and one of c; d was judged badly alone. */
  private SnapshotId judged() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, "d: of d", "c: of c", "b: of b", "a: of a", "a: also of a");
    judge(
        snapshot,
        pair("a", "a", 4, GOOD),
        pair("a", "c", 1, GOOD),
        pair("a", "b", 2, BAD),
        pair("b", "c", 1, GOOD),
        pair("c", "b", 2, Judgement.ofExperts(List.of(3, 3, 3))),
        pair("d", "d", 0, BAD));
    addToSplit(snapshot, TRAIN, "a", "b", "d");
    return snapshot;
  }

  @Test
  void takesTheJudgedPairsThatPass() {
    SnapshotId snapshot = judged();
    ContentHash content = newPhoto(snapshot, "a");

    List<Described<Caption>> described =
        captions().describedAfter(snapshot, EXPERT_3, Optional.empty(), 9);

    assertThat(described).extracting(photo -> photo.photo().value()).containsExactly("a", "b", "c");
    assertThat(described.get(0))
        .isEqualTo(
            new Described<>(
                A,
                Optional.of(TRAIN),
                Optional.of(content),
                3,
                List.of(
                    new Caption(A, 1, OptionalInt.empty(), "of c", GOOD),
                    new Caption(A, 4, OptionalInt.empty(), "also of a", GOOD))));
    assertThat(described.get(1).split()).contains(TRAIN);
    assertThat(described.get(1).content()).isEmpty();
    assertThat(described).extracting(Described::rank).containsExactly(3L, 2L, 1L);
    assertThat(described.get(2).captions()).extracting(Caption::text).containsExactly("of b");
  }

  @Test
  void countsAndPagesThroughPairsThatPass() {
    SnapshotId snapshot = judged();

    assertThat(captions().describedPhotos(snapshot, EXPERT_3)).isEqualTo(3);
    assertThat(captions().count(snapshot, EXPERT_3, OptionalInt.empty())).isEqualTo(4);
    assertThat(captions().count(snapshot, EXPERT_3, OptionalInt.of(1))).isEqualTo(2);
    assertThat(captions().count(snapshot, EXPERT_3, OptionalInt.of(2))).isEqualTo(3);
    assertThat(captions().count(snapshot, EXPERT_3, OptionalInt.of(9))).isEqualTo(4);
    assertThat(captions().everyDescribed(snapshot, EXPERT_3, 2)).containsExactly(new PhotoId("b"));
    assertThat(captions().everyDescribed(snapshot, EXPERT_3, 4)).isEmpty();
    assertThat(captions().describedAfter(snapshot, EXPERT_3, Optional.empty(), 1))
        .extracting(photo -> photo.photo().value())
        .containsExactly("a");
    assertThat(captions().describedAfter(snapshot, EXPERT_3, Optional.of(A), 1))
        .extracting(photo -> photo.photo().value())
        .containsExactly("b");
    assertThat(captions().describedAfter(snapshot, EXPERT_3, Optional.of(new PhotoId("c")), 9))
        .isEmpty();
  }

  /** A pair without such a judgement does not pass. */
  @Test
  void wantsEveryBoundReached() {
    SnapshotId snapshot = judged();

    assertThat(passing(snapshot, filter(OptionalDouble.empty(), OptionalDouble.of(0))))
        .containsExactly("a 1", "a 2", "a 4", "b 1", "d 0");
    assertThat(passing(snapshot, filter(OptionalDouble.of(1), OptionalDouble.empty())))
        .containsExactly("a 1", "a 2", "a 4", "b 1", "c 2", "d 0");
    assertThat(passing(snapshot, filter(OptionalDouble.of(3), OptionalDouble.of(0.5))))
        .containsExactly("a 1", "a 4", "b 1");
    assertThat(passing(snapshot, filter(OptionalDouble.of(4), OptionalDouble.empty()))).isEmpty();
  }

  @Test
  void takesABoundWithWhatRoundingLeftOfIt() {
    SnapshotId snapshot = judged();

    assertThat(passing(snapshot, filter(OptionalDouble.of(11 / 3.0), OptionalDouble.empty())))
        .containsExactly("a 1", "a 4", "b 1");
    assertThat(passing(snapshot, filter(OptionalDouble.of(3.6666666667), OptionalDouble.empty())))
        .containsExactly("a 1", "a 4", "b 1");
    assertThat(passing(snapshot, filter(OptionalDouble.of(3.667), OptionalDouble.empty())))
        .isEmpty();
    assertThat(passing(snapshot, filter(OptionalDouble.empty(), OptionalDouble.of(0.6666666667))))
        .containsExactly("a 1", "a 4", "b 1");
    assertThat(passing(snapshot, filter(OptionalDouble.empty(), OptionalDouble.of(0.667))))
        .isEmpty();
  }

  private List<String> passing(SnapshotId snapshot, JudgementFilter filter) {
    return captions().describedAfter(snapshot, filter, Optional.empty(), 9).stream()
        .flatMap(photo -> photo.captions().stream())
        .map(caption -> caption.photo() + " " + caption.ordinal())
        .toList();
  }

  private static JudgementFilter filter(OptionalDouble expert, OptionalDouble crowd) {
    return new JudgementFilter(expert, crowd);
  }

  private static JudgedPair pair(String photo, String described, long ordinal, Judgement said) {
    return new JudgedPair(new PhotoId(photo), new PhotoId(described), ordinal, said);
  }

  private void judge(SnapshotId snapshot, JudgedPair... pairs) {
    write(() -> repositories().judgements().add(snapshot, List.of(pairs)));
  }

  @Test
  void addsNothing() {
    SnapshotId snapshot = newSnapshot(newJob());
    PreparationKey key = newPreparation(newJob());

    write(() -> captions().add(snapshot, List.of()));
    write(() -> captions().addClean(key, List.of()));

    assertThat(described(snapshot)).isEmpty();
    assertThat(captions().cleanAfter(key, Optional.empty(), 100)).isEmpty();
  }

  @Test
  void readsCaptionsAnewAfterTheyWereCleared() {
    SnapshotId snapshot = newSnapshot(newJob());
    SnapshotId other = newSnapshot(newJob());
    addCaptions(snapshot, MIXED);
    addCaptions(other, MIXED);

    write(() -> captions().clear(snapshot));

    assertThat(captions().describedPhotos(snapshot, JudgementFilter.NONE)).isZero();
    assertThat(described(other)).hasSize(4);
    addCaptions(snapshot, "z: anew");
    assertThat(described(snapshot)).extracting(d -> d.photo().value()).containsExactly("z");
  }

  @Test
  void startsWithoutCleanCaptions() {
    PreparationKey key = newPreparation(newJob());

    assertThat(captions().cleanAfter(key, Optional.empty(), 100)).isEmpty();
    assertThat(captions().countClean(key, Split.ALL)).isZero();
    assertThat(captions().cleanAfter(key, Optional.empty(), 5)).isEmpty();
    assertThat(captions().descriptionsAfter(key, Optional.empty(), 5)).isEmpty();
    assertThat(inOrder(key, Split.ALL)).isEmpty();
  }

  @Test
  void givesCleanPhotosBackAsTheyWereAdded() {
    Cleaned cleaned = cleaned();

    assertThat(captions().cleanAfter(cleaned.key(), Optional.empty(), 100))
        .isEqualTo(cleaned.photos());
    assertThat(captions().cleanAfter(cleaned.key(), Optional.of(new PhotoId("a")), 1))
        .isEqualTo(cleaned.photos().subList(2, 3));
    assertThat(captions().cleanAfter(cleaned.key(), Optional.of(new PhotoId("c")), 1)).isEmpty();
  }

  @Test
  void ordersCleanPhotosByCodePoint() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, EMOJI + ": one", WIDE_TILDE + ": two", "a: three", "B: four");
    PreparationKey key = newPreparation(job);
    List<Described<CleanCaption>> photos = cleanAll(snapshot);

    write(() -> captions().addClean(key, photos.subList(0, 3)));
    write(() -> captions().addClean(key, photos.subList(3, 4)));

    assertThat(captions().cleanAfter(key, Optional.empty(), 100)).isEqualTo(photos);
    assertThat(captions().cleanAfter(key, Optional.of(new PhotoId(WIDE_TILDE)), 100))
        .isEqualTo(photos.subList(3, 4));
  }

  @Test
  void countsCleanPhotosAndCaptionsBySplit() {
    Cleaned cleaned = cleaned();

    assertThat(captions().cleanAfter(cleaned.key(), Optional.empty(), 100)).hasSize(4);
    assertThat(captions().countClean(cleaned.key(), Split.ALL)).isEqualTo(7);
    assertThat(captions().countClean(cleaned.key(), TRAIN)).isEqualTo(5);
    assertThat(captions().countClean(cleaned.key(), TEST)).isEqualTo(1);
    assertThat(captions().countClean(cleaned.key(), new Split("dev"))).isZero();
  }

  @Test
  void countsCaptionsThatCleaningLeftWithoutTokens() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "a:  ", "a: some words", "b:  ");
    PreparationKey key = newPreparation(job);
    List<Described<CleanCaption>> photos = cleanAll(snapshot);
    write(() -> captions().addClean(key, photos));

    assertThat(captions().countEmptyClean(key)).isEqualTo(2);
  }

  @Test
  void givesCleanCaptionsInDatasetOrderOneByOne() {
    Cleaned cleaned = cleaned();

    assertThat(inOrder(cleaned.key(), Split.ALL))
        .extracting(CleanCaption::text)
        .containsExactly("one", "two words", "three", "four", "", "six", "seven");
    assertThat(inOrder(cleaned.key(), TRAIN))
        .extracting(CleanCaption::ordinal)
        .containsExactly(0L, 1L, 2L, 4L, 5L);
    assertThat(inOrder(cleaned.key(), TRAIN).get(1))
        .isEqualTo(new CleanCaption(new PhotoId("a"), 1, List.of("two", "words")));
    assertThat(inOrder(cleaned.key(), new Split("dev"))).isEmpty();
  }

  @Test
  void keepsTokensAsTheyStand() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "a: x");
    PreparationKey key = newPreparation(job);
    List<String> tokens =
        List.of("null", "NULL", "\\N", "\"", "'", "{}", ",", EMOJI, "a\\", "i\u0307");
    Described<CleanCaption> photo =
        described(snapshot)
            .get(0)
            .with(raw -> List.of(new CleanCaption(new PhotoId("a"), 0, tokens)));

    write(() -> captions().addClean(key, List.of(photo)));

    assertThat(captions().cleanAfter(key, Optional.empty(), 1)).containsExactly(photo);
    assertThat(inOrder(key, Split.ALL)).isEqualTo(photo.captions());
  }

  @Test
  void givesDescriptionsByFirstAppearanceOfThePhoto() {
    Cleaned cleaned = cleaned();

    assertThat(captions().descriptionsAfter(cleaned.key(), Optional.empty(), 100))
        .extracting(d -> d.rank() + " " + d.caption().photo() + " " + d.caption().text())
        .containsExactly(
            "0 c one", "0 c three", "0 c six", "1 a two words", "1 a ", "3 b four", "6 B seven");
  }

  @Test
  void pagesThroughDescriptions() {
    PreparationKey key = cleaned().key();
    List<Description> all = captions().descriptionsAfter(key, Optional.empty(), 100);

    for (int size = 1; size <= all.size(); size++) {
      List<Description> paged = new ArrayList<>();
      List<Description> page = captions().descriptionsAfter(key, Optional.empty(), size);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        paged.addAll(page);
        page = captions().descriptionsAfter(key, Optional.of(page.get(page.size() - 1)), size);
      }
      assertThat(paged).isEqualTo(all);
    }
  }

  /** A photo's first appearance is that of its first raw caption, chosen by the recipe or not. */
  @Test
  void ranksPhotosByTheirFirstRawCaption() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "b: short", "a: one", "b: a longer one");
    PreparationKey key = newPreparation(job);
    List<Described<CleanCaption>> longest =
        cleanAll(snapshot).stream().map(photo -> photo.with(CaptionChoice.LONGEST::of)).toList();

    write(() -> captions().addClean(key, longest));

    assertThat(captions().descriptionsAfter(key, Optional.empty(), 100))
        .extracting(d -> d.rank() + " " + d.caption().text())
        .containsExactly("0 a longer one", "1 one");
    assertThat(captions().cleanAfter(key, Optional.empty(), 100)).isEqualTo(longest);
  }

  @Test
  void keepsPreparationsApart() {
    PreparationKey first = cleaned().key();
    PreparationKey second = newPreparation(newJob());

    assertThat(captions().cleanAfter(second, Optional.empty(), 100)).isEmpty();
    assertThat(captions().cleanAfter(first, Optional.empty(), 100)).hasSize(4);
    assertThat(inOrder(second, Split.ALL)).isEmpty();
  }

  private record Cleaned(PreparationKey key, List<Described<CleanCaption>> photos) {}

  private Cleaned cleaned() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, MIXED);
    addToSplit(snapshot, TRAIN, "a", "c");
    addToSplit(snapshot, TEST, "b");
    newPhoto(snapshot, "a");
    PreparationKey key = newPreparation(job);
    List<Described<CleanCaption>> photos = cleanAll(snapshot);
    write(() -> captions().addClean(key, photos.subList(0, 2)));
    write(() -> captions().addClean(key, photos.subList(2, 4)));
    return new Cleaned(key, photos);
  }

  private List<Described<CleanCaption>> cleanAll(SnapshotId snapshot) {
    return described(snapshot).stream().map(RepositoryContract::clean).toList();
  }

  private List<CleanCaption> inOrder(PreparationKey key, Split split) {
    List<CleanCaption> given = new ArrayList<>();
    captions().forEachClean(key, split, given::add);
    return given;
  }

  private CaptionRepository captions() {
    return repositories().captions();
  }
}
