package org.captionary.domain.caption;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Set;

/**
 * Cleaning for every language, by Unicode's tables: composed (NFC), without punctuation and symbols
 * of any script, case folded in full. Marks stay, as in Devanagari or Thai they are the vowels, and
 * so do the two joiners, which spell Persian and Nepali; other invisible characters go.
 */
final class UnicodeCleaning implements TextCleaning {

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

  /** Goes with what is joined to it: an emoji is a symbol with joiners, selectors and shades. */
  private static final UnicodeSet CUT = new UnicodeSet("[[:P:][:S:]]").freeze();

  /** Goes alone: what is invisible but for the joiners, and what chooses between glyphs. */
  private static final UnicodeSet INVISIBLE =
      new UnicodeSet("[[[:Cc:][:Cf:]\\uFE0E\\uFE0F]-[\\u200C\\u200D]]").freeze();

  private static final UnicodeSet MARKS = new UnicodeSet("[[:M:]\\u200C\\u200D]").freeze();
  private static final UnicodeSet LETTERS = new UnicodeSet("[:L:]").freeze();
  private static final UnicodeSet LETTERS_AND_MARKS =
      new UnicodeSet(LETTERS).addAll(MARKS).freeze();

  /** Makes a digit an emoji. */
  private static final String KEYCAP = "\u20e3";

  /** Shows borders of words where no space does, and is no white space to Unicode. */
  private static final char ZERO_WIDTH_SPACE = '\u200b';

  /** Those whose i and dotless i are two letters: the ones of CaseFolding.txt's status T. */
  private static final Set<String> TURKIC = Set.of("tr", "az");

  private final Graphemes graphemes = new Graphemes();
  private final int folding;

  UnicodeCleaning(ULocale locale) {
    folding =
        TURKIC.contains(locale.getLanguage())
            ? UCharacter.FOLD_CASE_EXCLUDE_SPECIAL_I
            : UCharacter.FOLD_CASE_DEFAULT;
  }

  @Override
  public String whole(String text) {
    return NFC.normalize(text);
  }

  @Override
  public List<String> split(String whole) {
    return PythonText.split(whole.replace(ZERO_WIDTH_SPACE, ' '));
  }

  @Override
  public String token(String token) {
    String kept = isPlain(token) ? token : withoutSymbols(token);
    return MARKS.containsAll(kept) ? "" : folded(kept);
  }

  /** Whether there is nothing but ASCII letters and digits, which nothing of is taken out. */
  private static boolean isPlain(String token) {
    return token.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
  }

  private String withoutSymbols(String token) {
    StringBuilder kept = new StringBuilder(token.length());
    graphemes.forEach(
        token,
        cluster -> {
          if (!CUT.contains(cluster.codePointAt(0)) && !cluster.contains(KEYCAP)) {
            kept.append(cluster);
          }
        });
    return withoutInvisible(kept.toString());
  }

  private static String withoutInvisible(String token) {
    StringBuilder kept = new StringBuilder(token.length());
    token
        .codePoints()
        .filter(c -> !INVISIBLE.contains(c) && !CUT.contains(c))
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /**
   * Lower-cased after folding, as Keras lower-cases too and folding makes capitals of Cherokee's
   * small letters; composed once more, as folding takes letters apart.
   */
  private String folded(String token) {
    return NFC.normalize(PythonText.lower(UCharacter.foldCase(token, folding)));
  }

  @Override
  public int length(String token) {
    return graphemes.count(token);
  }

  @Override
  public boolean isLetters(String token) {
    return areLetters(token);
  }

  /** Whether there is a letter, and nothing but letters and what belongs to them. */
  static boolean areLetters(String token) {
    return LETTERS_AND_MARKS.containsAll(token) && LETTERS.containsSome(token);
  }
}
