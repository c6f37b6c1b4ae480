package org.captionary.domain.preparation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.TrainingSet;

/**
 * A data set prepared by a recipe: immutable, and visible only when it is whole.
 *
 * @param emptyCaptions chosen captions without a token left after cleaning
 * @param figures of {@link Split#ALL} and of every split of the data set
 * @param extractor that made the features; empty if the recipe asks for none
 */
public record Preparation(
    PreparationId id,
    PreparationKey key,
    String dataset,
    Recipe recipe,
    int vocabularySize,
    int maxLength,
    long emptyCaptions,
    Map<Split, SplitFigures> figures,
    Optional<ExtractorIdentity> extractor,
    Provenance provenance) {

  public Preparation {
    figures = Map.copyOf(figures);
  }

  public SplitFigures all() {
    return figures.get(Split.ALL);
  }

  public TrainingSet trainingSet() {
    return new TrainingSet(
        key,
        vocabularySize,
        maxLength,
        figures,
        extractor,
        recipe.rendering(),
        recipe.stored(),
        List.copyOf(recipe.layers()));
  }
}
