package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CaptionCleaner;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;

/** Cleans the captions of the described photos, in the order of ids, and keeps those chosen. */
final class CleanStep {

  private static final int CHUNK = 2_000;

  private final CaptionRepository captions;

  CleanStep(CaptionRepository captions) {
    this.captions = captions;
  }

  void run(SnapshotId snapshot, PreparationKey key, Recipe recipe, StepTracker tracker) {
    long photos = photos(snapshot, recipe);
    long total =
        recipe.captions() == CaptionChoice.ALL ? captions.count(snapshot, recipe.limit()) : photos;
    StepTracker.Step step =
        tracker.begin(StepName.CLEAN, captions.countClean(key, Split.ALL), total);
    CaptionCleaner cleaner = new CaptionCleaner(recipe.cleaning());
    long left = photos - captions.countCleanPhotos(key);
    Optional<PhotoId> after = captions.lastCleaned(key);
    while (left > 0) {
      List<Described<CleanCaption>> chunk =
          captions.describedAfter(snapshot, after, (int) Math.min(CHUNK, left)).stream()
              .map(photo -> clean(photo, cleaner, recipe.captions()))
              .toList();
      step.commit(count(chunk), () -> captions.addClean(key, chunk));
      after = Optional.of(chunk.get(chunk.size() - 1).photo());
      left -= chunk.size();
    }
    step.end();
  }

  private static Described<CleanCaption> clean(
      Described<Caption> photo, CaptionCleaner cleaner, CaptionChoice choice) {
    return photo.with(raw -> choice.of(raw.stream().map(cleaner::clean).toList()));
  }

  private long photos(SnapshotId snapshot, Recipe recipe) {
    long described = captions.describedPhotos(snapshot);
    return recipe.limit().isPresent() ? Math.min(described, recipe.limit().getAsInt()) : described;
  }

  private static long count(List<Described<CleanCaption>> photos) {
    return photos.stream().mapToLong(photo -> photo.captions().size()).sum();
  }
}
