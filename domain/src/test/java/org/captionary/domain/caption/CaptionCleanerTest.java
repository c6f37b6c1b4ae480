package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values come from the tutorial's own function, run by Python 3.11. */
final class CaptionCleanerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "A man , with 2 dogs , isn't in the well-known 1st-floor bar ."
            + "|man with dogs isnt in the wellknown 1stfloor bar",
        "  Two\tgirls\u00a0run \u3000 past \"No. 5\" !  |two girls run past no",
        "The boy 's T-shirt says \u201cGo!\u201d|the boy tshirt says \u201cgo\u201d",
        "a . ! I|``",
        "\u00c9COLE \u00dcBER Stra\u00dfe na\u00efve|\u00e9cole \u00fcber stra\u00dfe na\u00efve",
        "\uD835\uDC9C \uD835\uDC9C\uD835\uDC9C caf\u00e9\u0301 x\u200dy"
            + "|\uD835\uDC9C\uD835\uDC9C caf\u00e9\u0301 x\u200dy",
        "``|``",
        "it's #1 @ 50% off \u2014 $5|its 50 off",
        "\u4e00 \u4e00\u4eba|\u4e00\u4eba"
      })
  void cleansAsTheTutorialDoes(String text, String clean) {
    assertThat(clean(text, CleaningRules.tutorial(2, false))).isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A man , with 2 dogs , isn't in the well-known 1st-floor bar ."
            + "|man with dogs isnt in the wellknown bar",
        "The boy 's T-shirt says \u201cGo!\u201d|the boy tshirt says",
        "\uD835\uDC9C \uD835\uDC9C\uD835\uDC9C caf\u00e9\u0301 x\u200dy|\uD835\uDC9C\uD835\uDC9C",
        "it's #1 @ 50% off \u2014 $5|its off"
      })
  void dropsTokensThatAreNotAllLettersWhenAsked(String text, String clean) {
    assertThat(clean(text, CleaningRules.tutorial(2, true))).isEqualTo(clean);
  }

  @Test
  void dropsTokensByTheLengthAsked() {
    assertThat(clean("A man , with 2 dogs , isn't in the bar .", CleaningRules.tutorial(3, false)))
        .isEqualTo("man with dogs isnt the bar");
    assertThat(clean("a . ! I", CleaningRules.tutorial(1, false))).isEqualTo("a i");
  }

  @Test
  void keepsPhotoAndOrdinal() {
    Caption caption = new Caption(new PhotoId("p"), 7, "Two Dogs");

    CleanCaption clean = new CaptionCleaner(CleaningRules.tutorial(2, false)).clean(caption);

    assertThat(clean.photo()).isEqualTo(new PhotoId("p"));
    assertThat(clean.ordinal()).isEqualTo(7);
    assertThat(clean.tokens()).containsExactly("two", "dogs");
  }

  private static String clean(String text, CleaningRules rules) {
    return String.join(" ", new CaptionCleaner(rules).tokens(text));
  }
}
