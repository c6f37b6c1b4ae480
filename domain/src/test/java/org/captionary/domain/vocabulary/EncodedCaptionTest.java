package org.captionary.domain.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EncodedCaptionTest {

  private static final EncodedCaption CAPTION = new EncodedCaption(new int[] {5, 6, 7, 8});

  @Test
  void putsZerosBeforeAShorterRun() {
    assertThat(padded(2, 5)).containsExactly(-1, 0, 0, 0, 5, 6, -1);
    assertThat(padded(0, 5)).containsExactly(-1, 0, 0, 0, 0, 0, -1);
  }

  @Test
  void fillsTheWidthJust() {
    assertThat(padded(3, 3)).containsExactly(-1, 5, 6, 7, -1);
  }

  @Test
  void losesTheHeadOfALongerRun() {
    assertThat(padded(3, 2)).containsExactly(-1, 6, 7, -1);
    assertThat(padded(4, 1)).containsExactly(-1, 8, -1);
    assertThat(padded(4, 0)).containsExactly(-1, -1);
  }

  @Test
  void isEqualByItsWords() {
    assertThat(CAPTION).isEqualTo(new EncodedCaption(new int[] {5, 6, 7, 8}));
    assertThat(CAPTION).isNotEqualTo(new EncodedCaption(new int[] {5, 6, 7}));
    assertThat(CAPTION).hasSameHashCodeAs(new EncodedCaption(new int[] {5, 6, 7, 8}));
  }

  @Test
  void handsOutCopies() {
    CAPTION.toArray()[0] = 9;

    assertThat(CAPTION.at(0)).isEqualTo(5);
  }

  /** With a guard before and behind the places. */
  private static int[] padded(int length, int width) {
    int[] target = new int[width + 2];
    target[0] = -1;
    target[width + 1] = -1;
    CAPTION.padLeft(length, target, 1, width);
    return target;
  }
}
