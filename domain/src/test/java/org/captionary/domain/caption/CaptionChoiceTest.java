package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

final class CaptionChoiceTest {

  private static final CleanCaption SHORT = caption(0, "a");
  private static final CleanCaption LONG = caption(1, "a", "b", "c");
  private static final CleanCaption AS_LONG = caption(2, "x", "y", "z");
  private static final CleanCaption EMPTY = caption(3);

  @Test
  void takesTheFirst() {
    assertThat(CaptionChoice.FIRST.of(List.of(SHORT, LONG))).containsExactly(SHORT);
  }

  @Test
  void takesAll() {
    assertThat(CaptionChoice.ALL.of(List.of(SHORT, EMPTY, LONG)))
        .containsExactly(SHORT, EMPTY, LONG);
  }

  @Test
  void takesTheLongestAndOfEqualsTheFirst() {
    assertThat(CaptionChoice.LONGEST.of(List.of(SHORT, LONG, AS_LONG, EMPTY)))
        .containsExactly(LONG);
    assertThat(CaptionChoice.LONGEST.of(List.of(EMPTY))).containsExactly(EMPTY);
  }

  @Test
  void takesTheBestByTheExpertsThenByTheCrowdThenTheFirst() {
    Caption unjudged = judged(0, Judgement.NONE);
    Caption byAll = judged(1, Judgement.ofCrowd(3, 0));
    Caption byHalf = judged(2, Judgement.ofCrowd(1, 1));
    Caption low = judged(3, new Judgement(List.of(1, 1, 1), 0, 1));
    Caption lowAndLiked = judged(4, new Judgement(List.of(1, 1, 1), 1, 1));
    Caption high = judged(5, Judgement.ofExperts(List.of(2, 3, 4)));
    Caption asHigh = judged(6, Judgement.ofExperts(List.of(3, 3, 3)));

    assertThat(CaptionChoice.BEST.among(List.of(unjudged, byAll, low, high, asHigh)))
        .containsExactly(high);
    assertThat(CaptionChoice.BEST.among(List.of(unjudged, byAll, low, lowAndLiked)))
        .containsExactly(lowAndLiked);
    assertThat(CaptionChoice.BEST.among(List.of(unjudged, byHalf, byAll))).containsExactly(byAll);
    assertThat(CaptionChoice.BEST.among(List.of(unjudged, judged(7, Judgement.ofCrowd(0, 3)))))
        .extracting(Caption::ordinal)
        .containsExactly(7L);
    assertThat(CaptionChoice.BEST.among(List.of(unjudged, judged(8, Judgement.NONE))))
        .containsExactly(unjudged);
    assertThat(CaptionChoice.BEST.of(List.of(SHORT))).containsExactly(SHORT);
    assertThat(CaptionChoice.FIRST.among(List.of(unjudged, high))).containsExactly(unjudged, high);
  }

  private static Caption judged(long ordinal, Judgement judgement) {
    return new Caption(new PhotoId("p"), ordinal, OptionalInt.empty(), "text", judgement);
  }

  @Test
  void isNamedInLowerCase() {
    assertThat(CaptionChoice.byId("longest")).contains(CaptionChoice.LONGEST);
    assertThat(CaptionChoice.byId("LONGEST")).isEmpty();
    assertThat(CaptionChoice.byId("best")).contains(CaptionChoice.BEST);
  }

  private static CleanCaption caption(long ordinal, String... tokens) {
    return new CleanCaption(new PhotoId("p"), ordinal, List.of(tokens));
  }
}
