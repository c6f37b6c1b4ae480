package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void isNamedInLowerCase() {
    assertThat(CaptionChoice.byId("longest")).contains(CaptionChoice.LONGEST);
    assertThat(CaptionChoice.byId("LONGEST")).isEmpty();
    assertThat(CaptionChoice.byId("best")).isEmpty();
  }

  private static CleanCaption caption(long ordinal, String... tokens) {
    return new CleanCaption(new PhotoId("p"), ordinal, List.of(tokens));
  }
}
