package org.captionary.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.captionary.app.api.Manifest.SplitView;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.RecipePreview;
import org.captionary.domain.preparation.RecipePreview.MinCountEffect;
import org.captionary.domain.preparation.RecipePreview.Sample;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.WordCount;

/**
 * What a recipe would give, on the wire; the figures are named as in a {@link Manifest}, and are
 * those of the manifest that a job over the same files would give.
 *
 * @param datasetSha256 of the import whose text this is, as in a manifest's provenance
 * @param recipe every field, those that were left out too
 * @param mostFrequent 20 words of the vocabulary at most, the most frequent first
 * @param leastFrequent the same, the last word first
 */
public record PreviewView(
    String dataset,
    String datasetSha256,
    Map<String, Object> recipe,
    long describedPhotos,
    long photos,
    long captions,
    long emptyCaptions,
    int vocabularySize,
    int maxLength,
    long examples,
    long servableExamples,
    Map<String, SplitView> splits,
    MinCountView minCount,
    List<SampleView> samples,
    List<WordView> mostFrequent,
    List<WordView> leastFrequent) {

  /** What {@code minCount} takes away, against a {@code minCount} of 1. */
  public record MinCountView(long wordsDropped, long captionsEmptied, long examplesLost) {

    static MinCountView of(MinCountEffect effect) {
      return new MinCountView(
          effect.wordsDropped(), effect.captionsEmptied(), effect.examplesLost());
    }
  }

  /**
   * A caption before and after.
   *
   * @param tokens clean, without start and end words
   * @param encoded as word indices, with start and end words
   */
  public record SampleView(String photo, String raw, List<String> tokens, List<Integer> encoded) {

    static SampleView of(Sample sample) {
      return new SampleView(
          sample.photo().value(),
          sample.raw(),
          sample.tokens(),
          Arrays.stream(sample.encoded().toArray()).boxed().toList());
    }
  }

  /** A word and how often it stands in the captions fitted on. */
  public record WordView(String word, long count) {

    static List<WordView> of(List<WordCount> words) {
      return words.stream().map(word -> new WordView(word.word(), word.count())).toList();
    }
  }

  static PreviewView of(RecipePreview preview) {
    SplitFigures all = preview.all();
    return new PreviewView(
        preview.dataset(),
        preview.content().hex(),
        RecipeFields.write(preview.recipe()),
        all.describedPhotos(),
        all.photos(),
        all.captions(),
        preview.emptyCaptions(),
        preview.vocabularySize(),
        preview.maxLength(),
        all.examples(),
        all.servableExamples(),
        Manifest.splits(preview.figures()),
        MinCountView.of(preview.minCount()),
        preview.samples().stream().map(SampleView::of).toList(),
        WordView.of(preview.mostFrequent()),
        WordView.of(preview.leastFrequent()));
  }
}
