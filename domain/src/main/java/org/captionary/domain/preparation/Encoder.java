package org.captionary.domain.preparation;

import java.util.List;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** Turns clean captions into indices and numbers their examples, a run of photos at a time. */
final class Encoder {

  private final CaptionRepository captions;
  private final VocabularyRepository vocabularies;

  /** A vocabulary never changes, and one job's many chunks all need the same. */
  private volatile Last last;

  Encoder(Ports ports) {
    this.captions = ports.captions();
    this.vocabularies = ports.vocabularies();
  }

  private record Last(PreparationKey key, Vocabulary vocabulary) {}

  /**
   * @param before what stands before the first photo of the run
   */
  List<EncodedPhoto> encode(PreparationKey key, Recipe recipe, PhotoRun run, ExampleTotals before) {
    Vocabulary vocabulary = vocabulary(key);
    ExampleNumbering numbering = new ExampleNumbering(before);
    return captions.cleanAfter(key, run.after(), run.photos()).stream()
        .map(photo -> encode(photo, vocabulary, recipe))
        .map(numbering::number)
        .toList();
  }

  /** A photo's captions as indices, start and end words included. */
  static Described<EncodedCaption> encode(
      Described<CleanCaption> photo, Vocabulary vocabulary, Recipe recipe) {
    return photo.with(
        captions ->
            captions.stream()
                .map(caption -> vocabulary.encode(recipe.framed(caption.tokens())))
                .toList());
  }

  private Vocabulary vocabulary(PreparationKey key) {
    Last known = last;
    if (known == null || !known.key().equals(key)) {
      known = new Last(key, vocabularies.find(key).orElseThrow().vocabulary());
      last = known;
    }
    return known.vocabulary();
  }
}
