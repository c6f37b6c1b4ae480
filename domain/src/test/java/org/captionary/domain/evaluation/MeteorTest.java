package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

/** Against METEOR 1.5 with its exact and stem modules and without function words (delta 0.5). */
final class MeteorTest {

  private final SentenceReader reader = new SentenceReader();
  private final List<Comparison> comparisons = new ArrayList<>();

  private MeteorTest compare(String candidate, String... references) {
    comparisons.add(
        new Comparison(
            new PhotoId("p" + comparisons.size()),
            sentence(candidate),
            Arrays.stream(references).map(this::sentence).toList()));
    return this;
  }

  private Sentence sentence(String text) {
    return reader.read(text.isEmpty() ? List.of() : List.of(text.split(" ")));
  }

  private Scores scores() {
    return Meteor.of(comparisons, reader.words());
  }

  @Test
  void givesWhatMeteorGivesOfTheseModules() {
    Scores scores =
        compare(
                "a brown dog runs across the grass",
                "a dog runs on the grass",
                "the brown dog is running across the grass",
                "a dog on grass")
            .compare("man", "a man rides a bike", "a man on a bike", "man biking")
            .compare("a boat", "a boat")
            .compare("the the the the the the the", "the the the cat", "a cat sits")
            .compare("snow on snow", "snow")
            .compare("two dogs jumped over fences", "a dog jumps over a fence")
            .compare("the cat sat on the mat the dog ran", "the dog ran on the mat and the cat sat")
            .scores();

    assertThat(scores.photos())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(
            0.3725786415703573,
            0.2162162162162162,
            1.0,
            0.349452851422828,
            0.3076923076923077,
            0.228628214301284,
            0.47362391538017806);
    assertThat(scores.corpus()).isCloseTo(0.371457569468786, within(1e-9));
  }

  @Test
  void givesNothingWithoutAMatch() {
    assertThat(compare("", "a dog").compare("cats", "").compare("", "").scores().photos())
        .containsExactly(0.0, 0.0, 0.0);
    assertThat(scores().corpus()).isZero();
  }

  @Test
  void alignsAVeryLongCandidate() {
    String text = "a woman in a red dress and a man in a blue coat walk along the beach";
    Scores scores = compare((text + " ").repeat(60).strip(), text).scores();
    assertThat(scores.photos().get(0)).isBetween(0.01, 0.2);
  }
}
