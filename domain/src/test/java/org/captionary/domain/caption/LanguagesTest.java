package org.captionary.domain.caption;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captions as people write them, in languages that the tutorial's cleaning was not made for. */
final class LanguagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Chinese|zh|一只黑色的狗在草地上奔跑，追着“球”。|一只 黑色 的 狗 在 草地 上 奔跑 追 着 球",
        "Chinese, traditional|zh-Hant|兩隻狗在海邊玩。|兩隻 狗 在 海邊 玩",
        "Japanese|ja|犬が公園で走っている。|犬 が 公園 で 走 って いる",
        "Japanese, katakana|ja|サーフボードに乗る男性・女性|サーフ ボード に 乗る 男性 女性",
        "Thai|th|สุนัขสองตัววิ่งบนหญ้า|สุนัข สอง ตัว วิ่ง บน หญ้า",
        "Nepali|ne|एउटी स्त्री घोडामा छिन्।|एउटी स्त्री घोडामा छिन्",
        "German|de|Zwei Hunde, 3.5 Jahre alt|zwei hunde 35 jahre alt",
        "Korean|ko|개가 뛰고 있다.|개가 뛰고 있다"
      })
  void cutsWordsByTheDictionariesOfIcu(String language, String locale, String text, String tokens) {
    assertThat(clean(Cleaning.UNICODE, Tokenizer.WORDS, locale, text))
        .as(language)
        .isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nepali|ne|एउटी स्त्री (र) घोडा — मैदानमा।|एउटी स्त्री र घोडा मैदानमा",
        "Turkish|tr|IŞIKLI İstanbul'da İKİ kız|ışıklı istanbulda iki kız",
        "Azeri|az|QIRMIZI|qırmızı",
        "Turkish words in no language|und|IŞIKLI|işikli",
        "German|de|Die GROSSE Straße, die große STRASSE!|die grosse strasse die grosse strasse",
        "Greek|el|ΟΔΟΣ οδός «Οδοσ»|οδοσ οδόσ οδοσ",
        "Arabic|ar|كلبٌ يجري، في الحديقة؟|كلبٌ يجري في الحديقة",
        "Persian|fa|سگ می\u200cدود\u200f.|سگ می\u200cدود",
        "Spanish|es|¿Dónde está el niño? — ¡Allí!|dónde está el niño allí",
        "emoji|und|family 👨‍👩‍👧‍👦 dog🐕‍🦺 ❤️ 1️⃣ 🇳🇵 👍🏽 x|family dog x",
        "symbols|und|5€ + 3 ™ a°b №1 ^|5 3 ab 1",
        "invisible|und|dog\u00ad\u200e ca\u200bts \ufeff|dog ca ts"
      })
  void cleansByUnicode(String language, String locale, String text, String tokens) {
    assertThat(clean(Cleaning.UNICODE, Tokenizer.WHITESPACE, locale, text))
        .as(language)
        .isEqualTo(tokens);
  }

  @Test
  void composesWhatIsWrittenInParts() {
    assertThat(clean(Cleaning.UNICODE, Tokenizer.WHITESPACE, "und", "cafe\u0301 CAF\u00c9"))
        .isEqualTo("caf\u00e9 caf\u00e9");
    assertThat(clean(Cleaning.UNICODE, Tokenizer.WHITESPACE, "tr", "I\u0307KI\u0307"))
        .isEqualTo("iki");
  }

  /** Expected values are those of Keras 3's {@code text_to_word_sequence}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "A man , isn't in the well-known 1st-floor bar .|a man isn't in the well known 1st floor bar",
        "a_b\tc  D|a b c d",
        "No\u00a0break \u201cquotes\u201d\uff0c|no\u00a0break \u201cquotes\u201d\uff0c",
        "\u039f\u0394\u039f\u03a3 \u0130|\u03bf\u03b4\u03bf\u03c2 i\u0307",
        " . |``"
      })
  void leavesTextToKeras(String text, String tokens) {
    assertThat(clean(Cleaning.NONE, Tokenizer.WHITESPACE, "und", text)).isEqualTo(tokens);
  }

  @Test
  void cutsWordsWhateverTheCleaning() {
    String text = "一只狗，A-B 3.5 isn't。";
    assertThat(clean(Cleaning.NONE, Tokenizer.WORDS, "zh", text)).isEqualTo("一只 狗 a b 3 5 isn't");
    assertThat(clean(Cleaning.TUTORIAL, Tokenizer.WORDS, "zh", text)).isEqualTo("一只 狗 a b 35 isnt");
  }

  @Test
  void countsWhatAReaderTakesForALetter() {
    // Each is one sign of several code points.
    String text = "e\u0301q\u0323 स्त्री \u0e1c\u0e39\u0e49 ab";
    assertThat(
            clean(
                new CleaningRules(Cleaning.UNICODE, Tokenizer.WHITESPACE, ULocale.ROOT, 2, false),
                text))
        .isEqualTo("\u00e9q\u0323 ab");
    assertThat(
            clean(
                new CleaningRules(Cleaning.NONE, Tokenizer.WHITESPACE, ULocale.ROOT, 2, false),
                text))
        .isEqualTo("e\u0301q\u0323 ab");
  }

  @Test
  void leavesMarksToLetters() {
    String text = "नेपाली ผู้หญิง می\u200cدود a1 12 é";
    assertThat(
            clean(
                new CleaningRules(Cleaning.UNICODE, Tokenizer.WHITESPACE, ULocale.ROOT, 1, true),
                text))
        .isEqualTo("नेपाली ผู้หญิง می\u200cدود é");
    assertThat(
            clean(
                new CleaningRules(Cleaning.NONE, Tokenizer.WHITESPACE, ULocale.ROOT, 1, true),
                text))
        .isEqualTo("नेपाली ผู้หญิง می\u200cدود é");
    assertThat(clean(CleaningRules.tutorial(1, true), text)).isEqualTo("é");
  }

  private static String clean(Cleaning cleaning, Tokenizer tokenizer, String locale, String text) {
    ULocale language =
        CleaningRules.heedsLocale(cleaning, tokenizer)
            ? ULocale.forLanguageTag(locale)
            : ULocale.ROOT;
    return clean(new CleaningRules(cleaning, tokenizer, language, 1, false), text);
  }

  private static String clean(CleaningRules rules, String text) {
    return String.join(" ", new CaptionCleaner(rules).tokens(text));
  }
}
