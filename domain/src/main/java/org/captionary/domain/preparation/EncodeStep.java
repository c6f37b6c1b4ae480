package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.Vocabulary;

/** Turns clean captions into indices and numbers their examples, photo by photo. */
final class EncodeStep {

  private static final int CHUNK = 2_000;

  private final CaptionRepository captions;
  private final ExampleRepository examples;

  EncodeStep(CaptionRepository captions, ExampleRepository examples) {
    this.captions = captions;
    this.examples = examples;
  }

  void run(PreparationKey key, Recipe recipe, Vocabulary vocabulary, StepTracker tracker) {
    StepTracker.Step step =
        tracker.begin(StepName.ENCODE, examples.count(key), captions.countClean(key, Split.ALL));
    ExampleNumbering numbering = new ExampleNumbering(examples.next(key));
    Optional<PhotoId> after = examples.lastAdded(key);
    List<Described<CleanCaption>> photos = captions.cleanAfter(key, after, CHUNK);
    while (!photos.isEmpty()) {
      List<EncodedPhoto> numbered =
          photos.stream()
              .map(photo -> numbering.number(encoded(photo, recipe, vocabulary)))
              .toList();
      long done = numbered.stream().mapToLong(photo -> photo.captions().size()).sum();
      step.commit(done, () -> examples.add(key, numbered));
      after = Optional.of(photos.get(photos.size() - 1).photo());
      photos = captions.cleanAfter(key, after, CHUNK);
    }
    step.end();
  }

  private static Described<EncodedCaption> encoded(
      Described<CleanCaption> photo, Recipe recipe, Vocabulary vocabulary) {
    return photo.with(
        clean ->
            clean.stream()
                .map(caption -> vocabulary.encode(recipe.framed(caption.tokens())))
                .toList());
  }
}
