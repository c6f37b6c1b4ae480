package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.CleaningRules;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.StartEnd;

/**
 * How a data set is turned into a preparation. With {@link RecipeFields} it is read and written.
 *
 * @param fitOn the vocabulary's captions: of one split, or of all photos
 * @param limit only the first so many described photos by id; empty: all
 * @param minCount words rarer than this are left out of the vocabulary, 1 or more
 * @param outOfVocabulary whether unknown words become index 1 instead of being dropped
 * @param filter which pairs of photo and caption are taken at all
 * @param extractor the network that features come from
 * @param features layers of it to extract, in no order; may be empty
 * @param rendering how pixels, and with them features, are made from the photos' files
 * @param precision of the network that extracts features
 * @param stored the type that features are kept in
 */
public record Recipe(
    CaptionChoice captions,
    Split fitOn,
    OptionalInt limit,
    CleaningRules cleaning,
    int minCount,
    Optional<StartEnd> startEnd,
    boolean outOfVocabulary,
    JudgementFilter filter,
    Network extractor,
    Set<FeatureLayer> features,
    Rendering rendering,
    Precision precision,
    StoredType stored) {

  /** The tutorial's recipe, with {@code avg} features. */
  public static final Recipe TUTORIAL =
      new Recipe(
          CaptionChoice.FIRST,
          Split.ALL,
          OptionalInt.empty(),
          CleaningRules.tutorial(2, false),
          1,
          Optional.empty(),
          false,
          JudgementFilter.NONE,
          Network.VGG16,
          Set.of(FeatureLayer.AVG),
          Rendering.KERAS,
          Precision.FLOAT32,
          StoredType.FLOAT32);

  public Recipe {
    if (!extractor.layers().containsAll(features)) {
      throw new IllegalArgumentException(extractor.id() + " has not all of " + features);
    }
    features =
        features.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(features));
  }

  /** The tokens of a caption as they are counted and encoded: with start and end words, if any. */
  public List<String> framed(List<String> tokens) {
    return startEnd.map(words -> words.around(tokens)).orElse(tokens);
  }

  /** A photo with the number of tokens of each caption as it is counted and encoded. */
  Described<Integer> lengths(Described<CleanCaption> photo) {
    return photo.with(captions -> captions.stream().map(c -> framed(c.tokens()).size()).toList());
  }

  /**
   * Whether a caption has as many words when it is encoded as it has tokens: no word is outside the
   * vocabulary, or those that are become one word.
   */
  boolean keepsEveryToken() {
    return outOfVocabulary || minCount == 1 && fitOn.isAll();
  }

  /** The layers in a fixed order. */
  public List<FeatureLayer> layers() {
    return new ArrayList<>(features);
  }
}
