package org.captionary.domain.evaluation;

import java.util.List;
import java.util.function.Predicate;

/**
 * English words without their endings (Porter: An algorithm for suffix stripping, Program 14(3),
 * 1980). As in its author's implementations, words of one or two letters stay, and here words that
 * hold anything but a to z.
 */
final class PorterStemmer {

  /** An ending and what takes its place. */
  private record Rule(String ending, String replacement) {}

  private static final List<Rule> STEP_2 =
      rules(
          "ational ate tional tion enci ence anci ance izer ize abli able alli al entli ent eli e"
              + " ousli ous ization ize ation ate ator ate alism al iveness ive fulness ful"
              + " ousness ous aliti al iviti ive biliti ble");

  private static final List<Rule> STEP_3 =
      rules("icate ic ative - alize al iciti ic ical ic ful - ness -");

  private static final List<Rule> STEP_4 =
      rules(
          "al - ance - ence - er - ic - able - ible - ant - ement - ment - ent - sion s tion t"
              + " ou - ism - ate - iti - ous - ive - ize -");

  private PorterStemmer() {}

  private static List<Rule> rules(String pairs) {
    String[] parts = pairs.split(" ");
    Rule[] rules = new Rule[parts.length / 2];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = new Rule(parts[2 * i], parts[2 * i + 1].replace("-", ""));
    }
    return List.of(rules);
  }

  /** The stem of a word in lower case. */
  static String stem(String word) {
    if (word.length() <= 2 || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return word;
    }
    String stem = yToI(pastAndProgressive(plural(word)));
    stem = replaced(stem, STEP_2, rest -> measure(rest) > 0);
    stem = replaced(stem, STEP_3, rest -> measure(rest) > 0);
    stem = replaced(stem, STEP_4, rest -> measure(rest) > 1);
    return withoutLastL(withoutLastE(stem));
  }

  /** Step 1a. */
  private static String plural(String word) {
    if (word.endsWith("sses") || word.endsWith("ies")) {
      return cut(word, 2);
    }
    return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
  }

  /** Step 1b. */
  private static String pastAndProgressive(String word) {
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    if (word.endsWith("ed") && hasVowel(cut(word, 2))) {
      return mended(cut(word, 2));
    }
    return word.endsWith("ing") && hasVowel(cut(word, 3)) ? mended(cut(word, 3)) : word;
  }

  private static String mended(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsInDouble(stem) && "lsz".indexOf(last(stem)) < 0) {
      return cut(stem, 1);
    }
    return measure(stem) == 1 && endsInShort(stem) ? stem + "e" : stem;
  }

  /** Step 1c. */
  private static String yToI(String word) {
    return word.endsWith("y") && hasVowel(cut(word, 1)) ? cut(word, 1) + "i" : word;
  }

  /** Of the longest ending that the word has, if what is left fulfils the condition. */
  private static String replaced(String word, List<Rule> rules, Predicate<String> condition) {
    Rule longest = null;
    for (Rule rule : rules) {
      boolean longer = longest == null || rule.ending().length() > longest.ending().length();
      if (longer && word.endsWith(rule.ending())) {
        longest = rule;
      }
    }
    if (longest == null) {
      return word;
    }
    String rest = cut(word, longest.ending().length()) + longest.replacement();
    String measured = cut(word, longest.ending().length());
    boolean isIon = longest.ending().equals("sion") || longest.ending().equals("tion");
    return condition.test(isIon ? rest : measured) ? rest : word;
  }

  /** Step 5a. */
  private static String withoutLastE(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String stem = cut(word, 1);
    int measure = measure(stem);
    return measure > 1 || measure == 1 && !endsInShort(stem) ? stem : word;
  }

  /** Step 5b. */
  private static String withoutLastL(String word) {
    return word.endsWith("ll") && measure(word) > 1 ? cut(word, 1) : word;
  }

  /** How often consonants follow vowels: the paper's m. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) {
        measure++;
      }
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!isConsonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  /** The paper's *d. */
  private static boolean endsInDouble(String stem) {
    int last = stem.length() - 1;
    return last > 0 && stem.charAt(last) == stem.charAt(last - 1) && isConsonant(stem, last);
  }

  /** The paper's *o: consonant, vowel, consonant other than w, x and y. */
  private static boolean endsInShort(String stem) {
    int last = stem.length() - 1;
    return last > 1
        && isConsonant(stem, last)
        && !isConsonant(stem, last - 1)
        && isConsonant(stem, last - 2)
        && "wxy".indexOf(last(stem)) < 0;
  }

  private static boolean isConsonant(String word, int place) {
    char letter = word.charAt(place);
    return letter == 'y'
        ? place == 0 || !isConsonant(word, place - 1)
        : "aeiou".indexOf(letter) < 0;
  }

  private static char last(String word) {
    return word.charAt(word.length() - 1);
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
