package org.captionary.app.sample;

import java.util.List;
import java.util.function.Supplier;

/**
 * Describes a scene in English, by a small grammar, in the manner of Flickr8k's rows: a capital
 * first, a space before each punctuation mark, a full stop at the end. What a caption says is true
 * of the scene; what it leaves out differs from one to the next.
 */
final class CaptionWriter {

  /** Captions per photo, as in Flickr8k. */
  static final int CAPTIONS_PER_PHOTO = 5;

  private final Scene scene;
  private final SplitMix64 random;

  private CaptionWriter(Scene scene, SplitMix64 random) {
    this.scene = scene;
    this.random = random;
  }

  /** Five captions, no two of one pattern. */
  static List<String> describe(Scene scene, SplitMix64 random) {
    CaptionWriter writer = new CaptionWriter(scene, random);
    return random.pick(CAPTIONS_PER_PHOTO, writer.patterns()).stream()
        .map(Supplier::get)
        .map(CaptionWriter::asSentence)
        .toList();
  }

  private static String asSentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + " .";
  }

  private List<Supplier<String>> patterns() {
    return switch (scene.arrangement()) {
      case IN_AIR, ON_GROUND -> onePatterns();
      case LEFT_OF, ABOVE, ON_TOP -> pairPatterns();
      case BETWEEN -> rowPatterns();
      case ALIKE -> alikePatterns();
    };
  }

  private List<Supplier<String>> onePatterns() {
    Figure it = scene.first();
    return List.of(
        () -> sized(it) + " " + stays() + " " + place(),
        () -> plain(it) + " " + stays() + " " + side(),
        () -> "there is " + sized(it) + " " + place(),
        () -> "there's " + plain(it) + " " + place() + " " + side(),
        () -> "the " + adjective(it) + it.shape().singular() + " is " + word(it) + " , " + place(),
        () -> "it's " + sized(it) + " " + scenery(),
        () -> "1 " + bare(it) + " " + place() + " , " + side(),
        () -> "a picture of " + sized(it) + " " + side());
  }

  private List<Supplier<String>> pairPatterns() {
    Figure a = scene.first();
    Figure b = scene.second();
    return List.of(
        () -> sized(a) + " " + relation() + " " + sized(b),
        () -> plain(a) + " " + relation() + " " + plain(b) + " " + scenery(),
        () -> sized(b) + " " + inverse() + " " + sized(a),
        () -> plain(b) + " " + inverse() + " " + plain(a) + " " + scenery(),
        () -> "two shapes " + scenery() + " : " + sized(a) + " and " + sized(b),
        () -> "there are 2 shapes , " + plain(a) + " and " + plain(b),
        () -> scenery() + " , " + plain(a) + " " + relation() + " " + plain(b),
        () -> "the " + bare(b) + "'s neighbor is " + sized(a) + " " + scenery());
  }

  private List<Supplier<String>> rowPatterns() {
    Figure a = scene.first();
    Figure b = scene.second();
    Figure c = scene.third();
    return List.of(
        () -> plain(b) + " is between " + plain(a) + " and " + plain(c),
        () -> "three shapes in a row : " + listed(a, b, c),
        () -> "from left to right there are " + listed(a, b, c),
        () -> "a row of 3 shapes with " + plain(b) + " in the middle",
        () -> listed(a, b, c) + " " + scenery(),
        () -> "there's " + sized(b) + " between two other shapes " + scenery(),
        () -> plain(a) + " is to the left of " + plain(b) + " and " + plain(c),
        () -> "three shapes side-by-side " + scenery() + " , one is " + plain(c));
  }

  private List<Supplier<String>> alikePatterns() {
    Figure one = scene.first();
    return List.of(
        () -> "three " + many(one) + " in a row " + scenery(),
        () -> "there are 3 " + many(one) + " " + scenery(),
        () -> "a row of three " + many(one),
        () -> scenery() + " there are three " + one.colour().word() + " " + one.shape().plural(),
        () -> "three " + one.shape().plural() + " side-by-side , all of them " + word(one),
        () -> "it's a row of " + many(one) + " " + scenery());
  }

  /** "a large red circle"; without the size if it is the middle one. */
  private String sized(Figure figure) {
    return withArticle(adjective(figure) + bare(figure));
  }

  private static String plain(Figure figure) {
    return withArticle(bare(figure));
  }

  private static String bare(Figure figure) {
    return figure.colour().word() + " " + figure.shape().singular();
  }

  private String many(Figure figure) {
    return adjective(figure) + figure.colour().word() + " " + figure.shape().plural();
  }

  private static String listed(Figure a, Figure b, Figure c) {
    return plain(a) + " , " + plain(b) + " and " + plain(c);
  }

  private static String word(Figure figure) {
    return figure.colour().word();
  }

  /** A word for the size and a space, or nothing. */
  private String adjective(Figure figure) {
    List<String> words = figure.size().words();
    return words.isEmpty() ? "" : random.pick(words) + " ";
  }

  private static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  private String stays() {
    return random.pick(
        scene.arrangement() == Arrangement.IN_AIR
            ? List.of("floats", "hangs", "flies")
            : List.of("stands", "sits", "rests"));
  }

  private String place() {
    return random.pick(
        scene.arrangement() == Arrangement.IN_AIR
            ? scene.background().airPhrases()
            : scene.background().groundPhrases());
  }

  private String scenery() {
    return random.pick(scene.background().scenePhrases());
  }

  private String side() {
    return switch (scene.side(scene.first())) {
      case LEFT -> random.pick(List.of("on the left", "on the left-hand side"));
      case MIDDLE -> "in the middle";
      case RIGHT -> random.pick(List.of("on the right", "on the right-hand side"));
    };
  }

  /** How the first figure stands to the second. */
  private String relation() {
    return random.pick(
        switch (scene.arrangement()) {
          case LEFT_OF -> List.of("is to the left of", "is on the left of");
          case ABOVE -> List.of("is above", "floats over", "hangs above");
          default -> List.of("is on", "stands on", "is on top of");
        });
  }

  /** How the second figure stands to the first. */
  private String inverse() {
    return random.pick(
        switch (scene.arrangement()) {
          case LEFT_OF -> List.of("is to the right of", "is on the right of");
          default -> List.of("is under", "is below");
        });
  }
}
