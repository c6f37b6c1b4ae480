package org.captionary.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads captions back with rules of its own, and holds them against the scene they are of. */
class CaptionWriterTest {

  private static final int PHOTOS = 1_000;

  /** A noun phrase with a colour: what is said of one figure, or of three alike. */
  private static final Pattern NOUN =
      Pattern.compile(
          "(?:(small|little|tiny|large|big|huge) )?"
              + "(red|orange|yellow|green|blue|purple|pink|white|black|brown) "
              + "(circle|square|triangle|diamond|cross|star|heart)(?:es|s)?\\b");

  private static final Pattern SIZE =
      Pattern.compile("\\b(?:(small|little|tiny)|large|big|huge)\\b");

  @Test
  void everyFigureNamedIsThere() {
    photos()
        .forEach(
            photo ->
                photo.captions().stream()
                    .flatMap(CaptionWriterTest::nouns)
                    .forEach(
                        noun ->
                            assertThat(figures(photo.scene(), noun))
                                .as("%s in %s", noun.group(), photo)
                                .isNotEmpty()));
  }

  @Test
  void everySizeNamedIsThere() {
    photos()
        .forEach(
            photo ->
                photo.captions().stream()
                    .flatMap(caption -> SIZE.matcher(caption.toLowerCase(Locale.ROOT)).results())
                    .map(size -> size.group(1) == null ? Size.LARGE : Size.SMALL)
                    .forEach(
                        size ->
                            assertThat(photo.scene().figures())
                                .extracting(Figure::size)
                                .contains(size)));
  }

  @Test
  void everyColourNamedIsThere() {
    photos()
        .forEach(
            photo ->
                assertThat(photo.scene().figures().stream().map(f -> f.colour().word()).toList())
                    .containsAll(coloursNamed(photo.captions())));
  }

  @Test
  void leftAndRightAreTrue() {
    assertRelation("left of", (a, b) -> a.x() < b.x());
    assertRelation("right of", (a, b) -> a.x() > b.x());
  }

  @Test
  void aboveAndBelowAreTrue() {
    assertRelation("(?:above|floats over)", (a, b) -> a.bottom() < b.top());
    assertRelation("(?:below|under)", (a, b) -> a.top() >= b.bottom());
    assertRelation("(?:is on|stands on|on top of)", (a, b) -> a.bottom() == b.top());
  }

  @Test
  void theSideIsTrue() {
    assertSide("on the left(?:-hand side)? \\.", Scene.Side.LEFT);
    assertSide("on the right(?:-hand side)? \\.", Scene.Side.RIGHT);
  }

  @Test
  void countsAreTrue() {
    assertCount("\\b[Tt]hree \\w+ (?:\\w+ )?\\w+s|3|[Tt]hree shapes", 3);
    assertCount("\\b2\\b|[Tt]wo shapes", 2);
    assertCount("\\b1\\b", 1);
  }

  @Test
  void theBackgroundIsTrue() {
    assertBackground("sea|ocean|water", Background.SEA);
    assertBackground("night|dark", Background.NIGHT);
    assertBackground("sand|sandy|beach", Background.BEACH);
    assertBackground("snow|snowy|snow-covered|winter", Background.SNOW);
    assertBackground("grass|meadow", Background.MEADOW);
    assertBackground("desert|sunset|evening", Background.SUNSET);
  }

  @Test
  void aPhotosCaptionsDiffer() {
    photos().forEach(photo -> assertThat(photo.captions()).hasSize(5).doesNotHaveDuplicates());
  }

  @Test
  void captionsAreSentencesOfFiveToSixteenWords() {
    assertThat(captions())
        .allMatch(caption -> caption.matches("[A-Z1](?:[a-z'-]| [a-z123]| [,:])+ \\."))
        .allMatch(caption -> words(caption).size() >= 5 && words(caption).size() <= 16);
  }

  @Test
  void articlesFitTheirNouns() {
    assertThat(captions()).noneMatch(c -> c.matches("(?i)(.* )?(a [aeiou]|an [^aeiou]).*"));
  }

  @Test
  void cleaningHasSomethingToDo() {
    assertThat(captions())
        .anyMatch(c -> c.contains("'"))
        .anyMatch(c -> c.contains("-"))
        .anyMatch(c -> c.contains(" 3 "))
        .anyMatch(c -> c.contains(" a "))
        .anyMatch(c -> c.contains(" , "))
        .anyMatch(c -> c.contains(" : "));
  }

  @Test
  void theVocabularyIsSmall() {
    Set<String> vocabulary =
        captions().stream()
            .map(caption -> caption.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", ""))
            .flatMap(caption -> words(caption).stream())
            .filter(word -> word.length() > 1)
            .collect(Collectors.toSet());
    assertThat(vocabulary).hasSizeBetween(60, 100);
  }

  /** Wherever "noun, relation, noun" is said in so many words, it holds of figures of the scene. */
  private static void assertRelation(String relation, BiPredicate<Figure, Figure> holds) {
    Pattern said =
        Pattern.compile("(?=(" + NOUN + ") (?:[a-z]+ ){0,3}?" + relation + " an? (" + NOUN + "))");
    int checked = 0;
    for (SamplePhoto photo : photos().toList()) {
      for (String caption : photo.captions()) {
        Matcher matcher = said.matcher(caption);
        if (matcher.find()) {
          checked++;
          Figure a = named(photo.scene(), matcher.group(1));
          Figure b = named(photo.scene(), matcher.group(5));
          assertThat(holds.test(a, b)).as("%s: %s", caption, photo.scene()).isTrue();
        }
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  private static void assertSide(String words, Scene.Side side) {
    assertSaidOf(words, scene -> scene.side(scene.first()) == side);
  }

  private static void assertCount(String words, int count) {
    assertSaidOf(words, scene -> scene.figures().size() == count);
  }

  private static void assertBackground(String words, Background background) {
    assertSaidOf("(?i)\\b(?:" + words + ")\\b", scene -> scene.background() == background);
  }

  private static void assertSaidOf(String words, Predicate<Scene> holds) {
    Pattern said = Pattern.compile(words);
    List<SamplePhoto> sayingSo =
        photos().filter(p -> p.captions().stream().anyMatch(c -> said.matcher(c).find())).toList();
    assertThat(sayingSo).hasSizeGreaterThan(10).allMatch(photo -> holds.test(photo.scene()));
  }

  private static Figure named(Scene scene, String noun) {
    return figures(scene, nouns(noun).findFirst().orElseThrow()).get(0);
  }

  private static List<Figure> figures(Scene scene, MatchResult noun) {
    return scene.figures().stream()
        .filter(figure -> figure.colour().word().equals(noun.group(2)))
        .filter(figure -> figure.shape().singular().equals(noun.group(3)))
        .filter(figure -> sizeNamed(noun).map(figure.size()::equals).orElse(true))
        .toList();
  }

  private static Optional<Size> sizeNamed(MatchResult noun) {
    return Arrays.stream(Size.values())
        .filter(size -> size.words().contains(String.valueOf(noun.group(1))))
        .findFirst();
  }

  private static Stream<MatchResult> nouns(String caption) {
    return NOUN.matcher(caption.toLowerCase(Locale.ROOT)).results();
  }

  /** But for those of the background. */
  private static List<String> coloursNamed(List<String> captions) {
    List<String> colours = Arrays.stream(Colour.values()).map(Colour::word).toList();
    return captions.stream()
        .map(caption -> caption.replaceAll("green (grass|meadow)|blue sky", ""))
        .flatMap(caption -> words(caption).stream())
        .filter(colours::contains)
        .toList();
  }

  private static List<String> words(String caption) {
    return Arrays.stream(caption.split(" ")).filter(w -> w.matches(".*[A-Za-z0-9].*")).toList();
  }

  private static List<String> captions() {
    return photos().flatMap(photo -> photo.captions().stream()).toList();
  }

  private static Stream<SamplePhoto> photos() {
    return IntStream.range(0, PHOTOS).mapToObj(i -> SamplePhoto.of(1, i, 320, 240));
  }
}
