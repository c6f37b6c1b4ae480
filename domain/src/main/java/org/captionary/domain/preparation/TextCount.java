package org.captionary.domain.preparation;

import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.vocabulary.Vocabulary;

/** The first reading of a preview: cleans and counts. */
final class TextCount {

  private final Recipe recipe;
  private final PhotoCleaner cleaner;
  private final CaptionCounter counter;
  private long emptyCaptions;

  TextCount(Recipe recipe) {
    this.recipe = recipe;
    this.cleaner = new PhotoCleaner(recipe);
    this.counter = new CaptionCounter(recipe);
  }

  /**
   * @throws InvalidInputException as {@link CaptionCounter#add}
   */
  void add(Described<Caption> photo) {
    Described<CleanCaption> clean = cleaner.clean(photo);
    counter.add(clean);
    emptyCaptions += clean.captions().stream().filter(c -> c.tokens().isEmpty()).count();
  }

  /**
   * Makes the vocabulary of all that was counted.
   *
   * @param photos that are read once more
   * @throws InvalidInputException as {@link CountPhase#plan}
   */
  TextTrial fit(long photos) {
    CountPhase.checkFitted(counter.captions(), recipe);
    Vocabulary everyWord = vocabulary(1);
    Vocabulary kept = recipe.minCount() == 1 ? everyWord : vocabulary(recipe.minCount());
    return new TextTrial(
        recipe, cleaner, everyWord, kept, counter.maxLength(), emptyCaptions, photos);
  }

  private Vocabulary vocabulary(int minCount) {
    return FitPhase.vocabulary(counter.words(), counter.captions(), recipe, minCount);
  }
}
