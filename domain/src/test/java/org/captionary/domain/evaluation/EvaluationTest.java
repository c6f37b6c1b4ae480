package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

/** Against what pycocoevalcap 1.2 says of the same tokens. */
final class EvaluationTest {

  private static final Offset<Double> EXACT = within(1e-9);

  private final SentenceReader reader = new SentenceReader();

  private Comparison comparison(String photo, String candidate, String... references) {
    return new Comparison(
        new PhotoId(photo),
        sentence(candidate),
        Arrays.stream(references).map(this::sentence).toList());
  }

  private Sentence sentence(String text) {
    return reader.read(text.isEmpty() ? List.of() : List.of(text.split(" ")));
  }

  private Evaluation evaluation() {
    return Evaluation.of(
        reader,
        List.of(
            comparison(
                "a",
                "a brown dog runs across the grass",
                "a dog runs on the grass",
                "the brown dog is running across the grass",
                "a dog on grass"),
            comparison("b", "", "two children play with a red ball", "kids playing ball"),
            comparison("c", "man", "a man rides a bike", "a man on a bike", "man biking"),
            comparison("d", "a boat", "a boat"),
            comparison("e", "the the the the the the the", "the the the cat", "a cat sits"),
            comparison(
                "f",
                String.join(" ", Collections.nCopies(40, "a woman in a red dress")),
                "a woman in a red dress walks along the beach at sunset",
                ""),
            comparison("g", "snow on snow", "snow")));
  }

  private static void check(Map<Metric, Double> scores, double... expected) {
    Metric[] metrics = Metric.values();
    for (int place = 0; place < expected.length; place++) {
      assertThat(scores.get(metrics[place]))
          .as(metrics[place].id())
          .isCloseTo(expected[place], EXACT);
    }
  }

  @Test
  void givesTheCorpus() {
    check(
        evaluation().corpus(),
        0.07692307692278107,
        0.06028400380240011,
        0.044407060556362746,
        0.03217939040274026,
        0.5127196252142152,
        1.548317134161316);
  }

  @Test
  void givesAnOrdinaryCaption() {
    check(
        photo("a"),
        0.9999999998571429,
        0.8164965808013636,
        0.5108729548422684,
        7.598356855073146e-05,
        0.7800511508951408,
        2.460358759884468);
  }

  @Test
  void givesAnEmptyCandidateNothing() {
    check(photo("b"), 0, 0, 0, 0, 0, 0);
  }

  @Test
  void givesOneWord() {
    check(
        photo("c"),
        0.3678794404356846,
        0.0003678794406196241,
        3.678794406809375e-05,
        1.163336936997511e-05,
        0.6288659793814433,
        1.3920019087291233);
  }

  @Test
  void givesAnEqualCaptionThatIsShorterThanFourWords() {
    check(
        photo("d"),
        0.9999999990000008,
        0.9999999987500011,
        0.009999999990000012,
        0.0009999999991250007,
        1.0,
        5.0);
  }

  @Test
  void clipsARepeatedWord() {
    check(
        photo("e"),
        0.4285714285102042,
        0.3779644729507329,
        0.3057107086809578,
        5.169731538590075e-05,
        0.5736677115987461,
        0.8602872402810308);
  }

  @Test
  void givesAVeryLongCandidateAndAnEmptyReference() {
    check(
        photo("f"),
        0.024999999999895838,
        0.02286946768722193,
        0.02063787837849426,
        0.018263836630948518,
        0.05690298507462686,
        0);
  }

  @Test
  void takesTheShorterOfTwoReferencesEquallyNear() {
    Evaluation near =
        Evaluation.of(
            reader, List.of(comparison("h", "a b c", "a b c d", "a b"), comparison("i", "x", "x")));
    // With the longer one the brevity penalty would be exp(-1/3).
    assertThat(near.photos().get(new PhotoId("h")).get(Metric.BLEU_1)).isCloseTo(1, within(1e-6));
  }

  @Test
  void findsNoNgramRareAmongOnePhoto() {
    Evaluation one = Evaluation.of(reader, List.of(comparison("z", "a dog", "a dog")));
    assertThat(one.corpus().get(Metric.CIDER_D)).isZero();
  }

  @Test
  void takesTwoEmptySentencesForAlike() {
    Evaluation one = Evaluation.of(reader, List.of(comparison("z", "", "")));
    assertThat(one.corpus().get(Metric.ROUGE_L)).isCloseTo(1, EXACT);
  }

  @Test
  void comparesSomethingWithSomething() {
    assertThatThrownBy(() -> Evaluation.of(reader, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> comparison("a", "a dog")).isInstanceOf(IllegalArgumentException.class);
  }

  private Map<Metric, Double> photo(String id) {
    return evaluation().photos().get(new PhotoId(id));
  }
}
