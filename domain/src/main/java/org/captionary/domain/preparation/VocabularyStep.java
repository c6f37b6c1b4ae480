package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.StartEnd;
import org.captionary.domain.vocabulary.VocabularyBuilder;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** Fits the vocabulary on clean captions in dataset order; counting starts anew when run again. */
final class VocabularyStep {

  private final CaptionRepository captions;
  private final VocabularyRepository vocabularies;

  VocabularyStep(CaptionRepository captions, VocabularyRepository vocabularies) {
    this.captions = captions;
    this.vocabularies = vocabularies;
  }

  /**
   * @throws InvalidInputException on field {@code recipe.startEnd} if one of the words stands in a
   *     caption; on {@code recipe.fitOn} or {@code captions} if there is no caption to fit on
   */
  FittedVocabulary run(PreparationKey key, Recipe recipe, StepTracker tracker) {
    long total = captions.countClean(key, recipe.fitOn());
    if (total == 0) {
      throw nothingToFitOn(recipe);
    }
    Optional<FittedVocabulary> earlier = vocabularies.find(key);
    if (earlier.isPresent()) {
      tracker.skip(StepName.VOCABULARY, total);
      return earlier.get();
    }
    StepTracker.Step step = tracker.begin(StepName.VOCABULARY, 0, total);
    FittedVocabulary fitted = fit(key, recipe);
    step.commit(total, () -> vocabularies.save(key, fitted));
    step.end();
    return fitted;
  }

  private static InvalidInputException nothingToFitOn(Recipe recipe) {
    return recipe.fitOn().isAll()
        ? new InvalidInputException("captions", "no usable row", "a file with captions")
        : new InvalidInputException(
            "recipe.fitOn", recipe.fitOn().name(), "a split that has captions");
  }

  private FittedVocabulary fit(PreparationKey key, Recipe recipe) {
    Counter counter = new Counter(recipe);
    recipe.startEnd().ifPresent(words -> refuseAmongAll(key, words));
    captions.forEachClean(key, recipe.fitOn(), counter::add);
    Set<String> always =
        recipe.startEnd().map(words -> Set.of(words.start(), words.end())).orElse(Set.of());
    return new FittedVocabulary(
        counter.builder.build(recipe.minCount(), always, recipe.outOfVocabulary()),
        counter.maxLength);
  }

  /**
   * Captions outside the split that is fitted on are encoded too, so the words are refused there.
   */
  private void refuseAmongAll(PreparationKey key, StartEnd words) {
    try {
      captions.forEachClean(key, Split.ALL, caption -> words.refuseAmong(caption.tokens()));
    } catch (InvalidInputException e) {
      throw e.inside("recipe");
    }
  }

  private static final class Counter {
    private final VocabularyBuilder builder = new VocabularyBuilder();
    private final Recipe recipe;
    private int maxLength;

    Counter(Recipe recipe) {
      this.recipe = recipe;
    }

    void add(CleanCaption caption) {
      List<String> tokens = recipe.framed(caption.tokens());
      builder.add(tokens);
      maxLength = Math.max(maxLength, tokens.size());
    }
  }
}
