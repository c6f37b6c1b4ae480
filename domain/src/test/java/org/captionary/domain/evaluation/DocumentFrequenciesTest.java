package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.photo.PhotoId;
import org.junit.jupiter.api.Test;

final class DocumentFrequenciesTest {

  private static final List<List<String>> REFERENCES =
      List.of(
          List.of("a dog runs", "the dog runs fast"), List.of("a dog sits"), List.of("a cat", "a"));

  private static List<List<Sentence>> read(SentenceReader reader) {
    return REFERENCES.stream()
        .map(texts -> texts.stream().map(text -> sentence(reader, text)).toList())
        .toList();
  }

  private static Sentence sentence(SentenceReader reader, String text) {
    return reader.read(List.of(text.split(" ")));
  }

  /** A photo counts once, however many of its references have an n-gram. */
  @Test
  void holdsWhatTwoPhotosHave() {
    SentenceReader reader = new SentenceReader();
    assertThat(DocumentFrequencies.of(reader, read(reader)))
        .isEqualTo(new DocumentFrequencies(3, new TreeMap<>(Map.of("a", 3, "dog", 2, "a dog", 2))));
  }

  /** Kept ones serve a reader that has read other sentences, in another order. */
  @Test
  void weighsAsTheReferencesDo() {
    SentenceReader first = new SentenceReader();
    DocumentFrequencies kept = DocumentFrequencies.of(first, read(first));
    SentenceReader second = new SentenceReader();
    Sentence candidate = sentence(second, "a bird sits by a dog");
    List<List<Sentence>> references = read(second);
    List<Comparison> comparisons =
        List.of(
            new Comparison(new PhotoId("a"), candidate, references.get(0)),
            new Comparison(new PhotoId("b"), candidate, references.get(1)),
            new Comparison(new PhotoId("c"), candidate, references.get(2)));

    Evaluation counted = Evaluation.of(second, comparisons);

    assertThat(Evaluation.of(second, comparisons, kept)).isEqualTo(counted);
    Evaluation one = Evaluation.of(second, comparisons.subList(1, 2), kept);
    assertThat(one.photos().get(new PhotoId("b")))
        .isEqualTo(counted.photos().get(new PhotoId("b")));
    assertThat(one.corpus().get(Metric.CIDER_D)).isPositive();
  }
}
