package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.util.VersionInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.captionary.domain.photo.ContentHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values were computed with Python 3.11 (Unicode 14). */
final class PythonTextTest {

  /** {@code [c for c in range(0x110000) if chr(c).isspace()]}. */
  private static final List<Integer> SPACES =
      List.of(
          0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
          0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
          0x202f, 0x205f, 0x3000);

  @Test
  void splitsAtEveryWhiteSpaceOfPythonAndAtNothingElse() {
    List<Integer> splitting =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> PythonText.split("a" + Character.toString(c) + "b").size() == 2)
            .boxed()
            .toList();

    assertThat(splitting).isEqualTo(SPACES);
  }

  @Test
  void givesNoEmptyToken() {
    assertThat(PythonText.split(" \u3000a  b\u00a0\n")).containsExactly("a", "b");
    assertThat(PythonText.split("")).isEmpty();
    assertThat(PythonText.split("\u2003 \t")).isEmpty();
    assertThat(PythonText.split("a\u200bb")).containsExactly("a\u200bb");
  }

  @ParameterizedTest
  @CsvSource({
    "\u0130STANBUL, i\u0307stanbul",
    "TITAN\u0130C, titani\u0307c",
    "I, i",
    "\u0131I, \u0131i",
    "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c2",
    "\u03a3, \u03c3",
    "\u03a3\u0391\u03a3., \u03c3\u03b1\u03c2.",
    "\u0391\u03a3\u0391, \u03b1\u03c3\u03b1",
    "\u03a3.\u03a3, \u03c3.\u03c2",
    "A\u0301\u03a3, a\u0301\u03c2",
    "\u0391\u03a3\u0301, \u03b1\u03c2\u0301",
    "\u0391\u03a3-\u0391\u03a3, \u03b1\u03c2-\u03b1\u03c2",
    "1\u03a3, 1\u03c3",
    "\u00aa\u03a3, \u00aa\u03c2",
    "\u02b0\u03a3, \u02b0\u03c3",
    "\u1e9e, \u00df",
    "\u01c4, \u01c6",
    "\u2167, \u2177",
    "\uD801\uDC00, \uD801\uDC28",
    "\u2126, \u03c9"
  })
  void lowersAsPythonDoes(String token, String lower) {
    assertThat(PythonText.lower(token)).isEqualTo(lower);
  }

  @Test
  void lowersAlikeOnAMachineOfAnyLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(PythonText.lower("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "\u00e9",
        "\u00aa",
        "\u4e2d",
        "\u65e5\u672c",
        "\u02b0",
        "\uD801\uDC00",
        "\u00df",
        "\u01c5",
        "\u30fc",
        "\ud55c",
        "\ufb01",
        "\uD835\uDC9C"
      })
  void takesLettersForLetters(String token) {
    assertThat(PythonText.isAlpha(token)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab1",
        "e\u0301",
        "\u2177",
        "\u00b2",
        "\u0663",
        "\u0301",
        "a b",
        "_",
        "-",
        "a\u200d",
        "\u093e",
        "\u0915\u093e",
        "\u24b6",
        "\u0345"
      })
  void takesNothingElseForLetters(String token) {
    assertThat(PythonText.isAlpha(token)).isFalse();
  }

  /**
   * Over all characters of Unicode 14 a line {@code "%x %d %s\n" % (c, chr(c).isalpha(),
   * chr(c).lower())}.
   */
  @Test
  void agreesWithPythonOnEveryCharacter() {
    MessageDigest digest = ContentHash.newDigest();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(PythonTextTest::isInUnicode14)
        .mapToObj(PythonTextTest::line)
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));

    assertThat(ContentHash.ofDigest(digest.digest()).hex())
        .isEqualTo("6e0e05fd93ff7dabe83f51c194ab450298ee7479fb86a4ba6a68775691e2590c");
  }

  private static boolean isInUnicode14(int c) {
    int category = UCharacter.getType(c);
    return category != UCharacterCategory.UNASSIGNED
        && category != UCharacterCategory.SURROGATE
        && UCharacter.getAge(c).compareTo(VersionInfo.getInstance(14)) <= 0;
  }

  private static String line(int c) {
    String character = Character.toString(c);
    int alpha = PythonText.isAlpha(character) ? 1 : 0;
    return Integer.toHexString(c) + " " + alpha + " " + PythonText.lower(character) + "\n";
  }

  @Test
  void deletesThe32PunctuationCharactersOfAscii() {
    String ascii = IntStream.range(0, 128).mapToObj(Character::toString).reduce("", String::concat);

    String kept = PythonText.withoutPunctuation(ascii);

    assertThat(kept).hasSize(96);
    assertThat(kept.substring(32))
        .isEqualTo(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\u007f");
  }

  @Test
  void leavesOtherPunctuation() {
    assertThat(PythonText.withoutPunctuation("\u201cit\u2019s\u201d \uD83D\uDE00-\u2014"))
        .isEqualTo("\u201cit\u2019s\u201d \uD83D\uDE00\u2014");
  }

  @Test
  void countsCodePoints() {
    assertThat(PythonText.length("a\uD83D\uDE00e\u0301")).isEqualTo(4);
    assertThat(PythonText.length("")).isZero();
  }
}
