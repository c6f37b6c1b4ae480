package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.captionary.domain.caption.PythonText;

/**
 * Cuts captions as the COCO caption evaluation does, which asks Stanford's PTBTokenizer (3.4.1,
 * {@code -preserveLines -lowerCase}) and then drops punctuation: words and their contractions apart
 * ({@code dog 's}, {@code do n't}, {@code can not}), hyphenated words, numbers, abbreviations and
 * addresses whole, brackets as {@code -lrb-}. Sufficient for captions, not all of Stanford's rules:
 * RATIONALE.md tells where it differs, and how often. What is a letter is told by what is none, so
 * that no version of Java cuts otherwise.
 */
public final class PtbTokenizer {

  /** How Stanford writes what stands for itself nowhere in the Penn Treebank. */
  private static final Map<String, String> SPELLING =
      Map.of(
          "(", "-lrb-", ")", "-rrb-", "[", "-lsb-", "]", "-rsb-", "{", "-lcb-", "}", "-rcb-", "£",
          "#", "€", "$");

  private static final String QUOTE = "[\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]+";

  /**
   * What COCO drops, and what Stanford makes of quotes and dashes, which COCO drops then. Its list
   * has {@code -LRB-} and its like too, but they come in lower case, so that brackets stay.
   */
  private static final Pattern PUNCTUATION =
      Pattern.compile(QUOTE + "|[.?!,:;]|\\.{2,}|-+|[\u2010-\u2015\u2026]");

  private static final String APOSTROPHE = "['\u2019]";

  /** Neither white space nor ASCII punctuation, save the underscore, nor what prose is set with. */
  private static final String LETTER =
      "[^\\s\\u0000-/:-@\\[-^`{-\\u00a0\u00ab\u00bb\u00a3\u2010-\u2027\u202f\u20ac\u3000]";

  private static final String END = "(?!" + LETTER + ")";
  private static final String ENDING = APOSTROPHE + "(?:s|m|d|re|ve|ll)" + END;
  private static final String NOT = "n" + APOSTROPHE + "t" + END;

  /** Most words of most captions, tried first. */
  private static final String PLAIN =
      "(?!(?:cannot|gonna|gotta|wanna|gimme|lemme)[\\s,])[a-z]+(?=[\\s,])";

  private static final String ADDRESS = "https?://\\S*[^\\s.,;:!?\"')\\]]";
  private static final String MAIL = "[\\w.%+-]+@[\\w-]+(?:\\.[\\w-]+)+";
  private static final String TAG = "[#@][a-z_]\\w*";
  private static final String NUMBER =
      "[-+]?(?:\\d+|(?=\\.\\d))(?:[.,:/-]?\\d+)*(?!-?" + LETTER + ")";
  private static final String INITIALS = "(?:[a-z]\\.){2,}";
  private static final String ABBREVIATION =
      "(?:mr|mrs|ms|dr|prof|st|ave|blvd|rd|jr|sr|ph\\.d|lt|sgt|capt|col|gen|mt|ft|etc|inc|co|corp|ltd|vs)"
          + "\\.(?!"
          + LETTER
          + ")";
  private static final String NUMERO = "no\\.(?=\\s*\\d)";
  private static final String INITIAL = "[a-z]\\.(?=\\s+\\S)(?<![ai]\\.)";

  /** {@code cannot} and its like, which are two words: the first before the second, or that. */
  private static final String TWO_WORDS =
      String.join(
          "|",
          halves("can", "not"),
          halves("gon", "na"),
          halves("got", "ta"),
          halves("wan", "na"),
          halves("gim", "me"),
          halves("lem", "me"));

  private static final String YEARS = APOSTROPHE + "\\d\\ds?" + END;
  private static final String AND = APOSTROPHE + "n" + APOSTROPHE + END;
  private static final String IT_IS = APOSTROPHE + "t(?=(?:is|was)" + END + ")";
  private static final String COMPANY = "(?-i:[A-Z]+&[A-Z]+)" + END;

  /** Up to a contraction, which is a token of its own. */
  private static final String WORD =
      "(?:(?!%1$s)%2$s)+(?:(?!%3$s)(?:[-./]|%4$s)(?:(?!%1$s)%2$s)+)*"
          .replace("%1$s", NOT)
          .replace("%2$s", LETTER)
          .replace("%3$s", ENDING)
          .replace("%4$s", APOSTROPHE);

  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              PLAIN,
              ADDRESS,
              MAIL,
              TAG,
              YEARS,
              AND,
              IT_IS,
              ENDING,
              NOT,
              NUMBER,
              INITIALS,
              ABBREVIATION,
              NUMERO,
              INITIAL,
              TWO_WORDS,
              COMPANY,
              WORD,
              "\\.{2,}",
              "-+",
              "[!?]+",
              "</?[a-z]+/?>",
              QUOTE,
              "\\S"),
          Pattern.CASE_INSENSITIVE);

  private PtbTokenizer() {}

  /** The tokens of a caption in lower case, none perhaps; none is empty or holds white space. */
  public static List<String> tokens(String caption) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(String.join(" ", PythonText.split(caption)));
    while (matcher.find()) {
      String token = PythonText.lower(matcher.group()).replace('\u2019', '\'');
      if (!isPunctuation(token)) {
        tokens.add(SPELLING.getOrDefault(token, token));
      }
    }
    return tokens;
  }

  private static boolean isPunctuation(String token) {
    return PUNCTUATION.matcher(token).matches();
  }

  private static String halves(String first, String second) {
    return "(?<!%3$s)%1$s(?=%2$s%4$s)|(?<=%1$s)%2$s%4$s"
        .replace("%1$s", first)
        .replace("%2$s", second)
        .replace("%3$s", LETTER)
        .replace("%4$s", END);
  }
}
