package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every text, however it is cleaned. */
final class CleaningPropertiesTest {

  private static final int TEXTS = 3_000;
  private static final Normalizer2 NFD = Normalizer2.getNFDInstance();

  /** Pieces that go wrong easily: of many scripts, joined, marked, invisible, cased. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "9",
          " ",
          " ",
          " ",
          ".",
          "'",
          "-",
          "_",
          "\t",
          "\u00a0",
          "\u3000",
          "ß",
          "ẞ",
          "İ",
          "I",
          "ı",
          "i",
          "\u0307",
          "\u0301",
          "Σ",
          "ς",
          "\u0345",
          "ΐ",
          "ᾳ",
          "ŉ",
          "ǰ",
          "ﬁ",
          "Ꭰ",
          "ꭰ",
          "狗",
          "一只",
          "，",
          "。",
          "犬が",
          "カ\u3099",
          "ー",
          "・",
          "สุนัข",
          "ผู้",
          "नेपाली",
          "स्त्री",
          "।",
          "क्\u200dष",
          "كلبٌ",
          "،",
          "ـ",
          "می\u200cدود",
          "שָׁלוֹם",
          "개",
          "\u1112\u1161\u11ab",
          "👨‍👩‍👧‍👦",
          "🐕‍🦺",
          "❤️",
          "1️⃣",
          "🇳🇵",
          "👍🏽",
          "\u200b",
          "\u200d",
          "\u200c",
          "\u200f",
          "\u00ad",
          "\ufeff",
          "\ufe0f",
          "€",
          "\u2028",
          "\u0085",
          "\u0600",
          "𝒜",
          "𐐀",
          "㎏",
          "①",
          "½",
          "<",
          "ℹ️");

  static Stream<CleaningRules> rules() {
    List<CleaningRules> rules = new ArrayList<>();
    for (Cleaning cleaning : Cleaning.values()) {
      for (Tokenizer tokenizer : Tokenizer.values()) {
        rules.add(new CleaningRules(cleaning, tokenizer, ULocale.ROOT, 1, false));
        if (CleaningRules.heedsLocale(cleaning, tokenizer)) {
          rules.add(new CleaningRules(cleaning, tokenizer, new ULocale("tr"), 1, false));
          rules.add(new CleaningRules(cleaning, tokenizer, new ULocale("th"), 2, true));
        }
      }
    }
    return rules.stream();
  }

  /** So {@code tokenizer.json}, which has Keras's defaults, is true of {@code descriptions.txt}. */
  @ParameterizedTest
  @MethodSource("rules")
  void kerasFindsTheTokensInTheirText(CleaningRules rules) {
    CaptionCleaner cleaner = new CaptionCleaner(rules);
    texts()
        .forEach(
            text -> {
              List<String> tokens = cleaner.tokens(text);
              assertThat(KerasTokenizer.words(String.join(" ", tokens))).as(text).isEqualTo(tokens);
            });
  }

  @ParameterizedTest
  @MethodSource("rules")
  void nothingIsLeftToCleanByUnicode(CleaningRules rules) {
    if (rules.cleaning() != Cleaning.UNICODE) {
      return;
    }
    CaptionCleaner cleaner = new CaptionCleaner(rules);
    CaptionCleaner again = new CaptionCleaner(atWhiteSpace(rules));
    texts()
        .forEach(
            text -> {
              List<String> tokens = cleaner.tokens(text);
              assertThat(again.tokens(String.join(" ", tokens))).as(text).isEqualTo(tokens);
            });
  }

  private static CleaningRules atWhiteSpace(CleaningRules rules) {
    return new CleaningRules(
        rules.cleaning(),
        Tokenizer.WHITESPACE,
        rules.locale(),
        rules.minTokenLength(),
        rules.lettersOnly());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cleansEquivalentTextsAlikeByUnicode(CleaningRules rules) {
    if (rules.cleaning() != Cleaning.UNICODE) {
      return;
    }
    CaptionCleaner cleaner = new CaptionCleaner(rules);
    texts()
        .forEach(
            text ->
                assertThat(cleaner.tokens(NFD.normalize(text)))
                    .as(text)
                    .isEqualTo(cleaner.tokens(text)));
  }

  @Test
  void everyCodePointIsCleanedForGood() {
    CaptionCleaner cleaner = unicode();
    IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(
            c -> {
              List<String> tokens = cleaner.tokens("x" + Character.toString(c));
              String text = String.join(" ", tokens);
              assertThat(KerasTokenizer.words(text)).as("U+%x", c).isEqualTo(tokens);
              assertThat(cleaner.tokens(text)).as("U+%x", c).isEqualTo(tokens);
            });
  }

  /** In Devanagari, Thai or Arabic they are vowels. */
  @Test
  void noMarkIsLost() {
    CaptionCleaner cleaner = unicode();
    IntStream.rangeClosed(0x300, 0x1AFF)
        .filter(c -> isMark(UCharacter.getType(c)))
        .filter(c -> UCharacter.foldCase(c, true) == c && c != 0x345)
        .forEach(
            c -> {
              String word = Normalizer2.getNFCInstance().normalize("क" + Character.toString(c));
              assertThat(cleaner.tokens(word)).as("U+%x", c).containsExactly(word);
            });
  }

  private static boolean isMark(int type) {
    return type == UCharacterCategory.NON_SPACING_MARK
        || type == UCharacterCategory.COMBINING_SPACING_MARK;
  }

  private static CaptionCleaner unicode() {
    return new CaptionCleaner(
        new CleaningRules(Cleaning.UNICODE, Tokenizer.WHITESPACE, ULocale.ROOT, 1, false));
  }

  private static Stream<String> texts() {
    SplittableRandom random = new SplittableRandom(7);
    return Stream.generate(() -> text(random)).limit(TEXTS);
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
