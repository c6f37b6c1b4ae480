package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.StartEnd;
import org.captionary.domain.vocabulary.VocabularyBuilder;

/**
 * Counts the captions that a recipe fits its vocabulary on, and their words.
 *
 * <p>The start and end words are looked for in the captions of all splits, since these are encoded
 * too.
 */
final class CaptionCounter {

  private final VocabularyBuilder words = new VocabularyBuilder();
  private final Recipe recipe;
  private long captions;
  private int maxLength;

  CaptionCounter(Recipe recipe) {
    this.recipe = recipe;
  }

  /**
   * @throws InvalidInputException on field {@code recipe.startEnd} if one of the words stands in a
   *     caption
   */
  void add(Described<CleanCaption> photo) {
    recipe.startEnd().ifPresent(frame -> refuse(frame, photo));
    Split split = recipe.fitOn();
    if (split.isAll() || photo.split().equals(Optional.of(split))) {
      photo.captions().forEach(this::add);
    }
  }

  private static void refuse(StartEnd frame, Described<CleanCaption> photo) {
    try {
      photo.captions().forEach(caption -> frame.refuseAmong(caption.tokens()));
    } catch (InvalidInputException e) {
      throw e.inside("recipe");
    }
  }

  private void add(CleanCaption caption) {
    List<String> tokens = recipe.framed(caption.tokens());
    words.add(caption.ordinal(), tokens);
    captions++;
    maxLength = Math.max(maxLength, tokens.size());
  }

  VocabularyBuilder words() {
    return words;
  }

  /** How many captions were fitted on. */
  long captions() {
    return captions;
  }

  /** Tokens of the longest of them, start and end words included. */
  int maxLength() {
    return maxLength;
  }
}
