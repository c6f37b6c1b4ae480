package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.RepositoryContract;
import org.junit.jupiter.api.Test;

/** Contract of {@link JudgementRepository}. */
public abstract class JudgementRepositoryContract extends RepositoryContract {

  private static final PhotoId A = new PhotoId("a");
  private static final PhotoId B = new PhotoId("b");
  private static final PhotoId UPPER = new PhotoId("B");

  private static final Judgement SCORES = Judgement.ofExperts(List.of(1, 4, 2));
  private static final Judgement VOTES = Judgement.ofCrowd(0, 3);

  @Test
  void startsWithoutJudgements() {
    SnapshotId snapshot = snapshot();

    write(() -> judgements().add(snapshot, List.of()));

    assertThat(judgements().of(snapshot, List.of(A, B))).isEmpty();
    assertThat(given(snapshot, Optional.empty())).isEmpty();
  }

  @Test
  void findsThePairsOfPhotosAsTheyWereAdded() {
    SnapshotId snapshot = snapshot();
    JudgedPair own = new JudgedPair(A, A, 1, SCORES);
    JudgedPair foreign = new JudgedPair(A, B, 0, VOTES);
    JudgedPair other = new JudgedPair(B, B, 0, VOTES);
    add(snapshot, own, foreign, other);

    assertThat(judgements().of(snapshot, List.of(A, UPPER)))
        .containsExactlyInAnyOrder(own, foreign);
    assertThat(judgements().of(snapshot, List.of(A, B)))
        .containsExactlyInAnyOrder(own, foreign, other);
    assertThat(judgements().of(snapshot, List.of())).isEmpty();
    assertThat(judgements().of(snapshot(), List.of(A))).isEmpty();
  }

  @Test
  void bringsTogetherWhatExpertsAndCrowdSaidOfAPair() {
    SnapshotId snapshot = snapshot();
    add(snapshot, new JudgedPair(A, B, 0, SCORES), new JudgedPair(B, A, 1, VOTES));

    add(snapshot, new JudgedPair(B, A, 1, SCORES), new JudgedPair(A, B, 0, VOTES));

    Judgement both = new Judgement(SCORES.expertScores(), 0, 3);
    assertThat(judgements().of(snapshot, List.of(A, B)))
        .containsExactlyInAnyOrder(new JudgedPair(A, B, 0, both), new JudgedPair(B, A, 1, both));
  }

  @Test
  void givesPairsByPhotoAndCaptionWithTheCaptionAsItWasWritten() {
    SnapshotId snapshot = snapshot();
    add(snapshot, new JudgedPair(A, A, 1, VOTES), new JudgedPair(A, B, 0, SCORES));
    add(snapshot, new JudgedPair(UPPER, A, 2, VOTES));

    assertThat(given(snapshot, Optional.empty()))
        .containsExactly(
            new Given(UPPER, new Caption(A, 2, OptionalInt.of(7), "third", VOTES)),
            new Given(A, new Caption(B, 0, OptionalInt.empty(), "first", SCORES)),
            new Given(A, new Caption(A, 1, OptionalInt.of(0), "second", VOTES)));
    assertThat(given(snapshot, Optional.of(UPPER))).hasSize(1);
    assertThat(given(snapshot, Optional.of(B))).isEmpty();
    assertThat(given(snapshot(), Optional.empty())).isEmpty();
  }

  @Test
  void readsJudgementsAnewAfterTheyWereCleared() {
    SnapshotId snapshot = snapshot();
    SnapshotId other = snapshot();
    add(snapshot, new JudgedPair(A, B, 0, SCORES));
    add(other, new JudgedPair(A, B, 0, SCORES));

    write(() -> judgements().clear(snapshot));

    assertThat(judgements().of(snapshot, List.of(A))).isEmpty();
    assertThat(judgements().of(other, List.of(A))).hasSize(1);
    JudgedPair anew = new JudgedPair(A, B, 0, VOTES);
    add(snapshot, anew);
    assertThat(judgements().of(snapshot, List.of(A))).containsExactly(anew);
  }

  private record Given(PhotoId photo, Caption caption) {}

  private List<Given> given(SnapshotId snapshot, Optional<PhotoId> photo) {
    List<Given> given = new ArrayList<>();
    judgements().forEach(snapshot, photo, (of, caption) -> given.add(new Given(of, caption)));
    return given;
  }

  /** One of three captions. */
  private SnapshotId snapshot() {
    SnapshotId snapshot = newSnapshot(newJob());
    List<Caption> captions =
        List.of(
            new Caption(B, 0, "first"),
            new Caption(A, 1, OptionalInt.of(0), "second"),
            new Caption(A, 2, OptionalInt.of(7), "third"));
    write(() -> repositories().captions().add(snapshot, captions));
    return snapshot;
  }

  private void add(SnapshotId snapshot, JudgedPair... pairs) {
    write(() -> judgements().add(snapshot, List.of(pairs)));
  }

  private JudgementRepository judgements() {
    return repositories().judgements();
  }
}
