package org.captionary.domain.preparation;

import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.WordCount;

/**
 * What a recipe would make of the text that a data set's last import found: the figures are those
 * of the preparation that a job would make of it.
 *
 * @param content of the import
 * @param emptyCaptions chosen captions without a token left after cleaning
 * @param figures of {@link Split#ALL} and of every split of the data set
 * @param samples of photos spread evenly over the described ones, in the order of ids
 * @param mostFrequent words of the vocabulary, the most frequent first
 * @param leastFrequent words of the vocabulary, the last one first
 */
public record RecipePreview(
    String dataset,
    ContentHash content,
    Recipe recipe,
    int vocabularySize,
    int maxLength,
    long emptyCaptions,
    Map<Split, SplitFigures> figures,
    MinCountEffect minCount,
    List<Sample> samples,
    List<WordCount> mostFrequent,
    List<WordCount> leastFrequent) {

  public RecipePreview {
    figures = Map.copyOf(figures);
  }

  public SplitFigures all() {
    return figures.get(Split.ALL);
  }

  /**
   * What {@code minCount} takes away, against a {@code minCount} of 1.
   *
   * @param wordsDropped from the vocabulary
   * @param captionsEmptied that would have a word of their own
   * @param examplesLost in the text
   */
  public record MinCountEffect(long wordsDropped, long captionsEmptied, long examplesLost) {}

  /**
   * A caption on its way.
   *
   * @param raw as it stands in the caption file
   * @param tokens that cleaning left, without start and end words
   * @param encoded with start and end words, if any
   */
  public record Sample(PhotoId photo, String raw, List<String> tokens, EncodedCaption encoded) {

    public Sample {
      tokens = List.copyOf(tokens);
    }
  }
}
