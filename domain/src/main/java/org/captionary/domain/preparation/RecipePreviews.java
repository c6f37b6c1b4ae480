package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;

/**
 * Tries recipes on the text of data sets: by the steps of a job, but in memory, and keeps nothing.
 * Reads the captions twice, as they can be encoded only when all are counted, and holds a run of
 * photos and the vocabulary, never all captions.
 */
public final class RecipePreviews {

  private final List<DatasetFiles> formats;
  private final SnapshotRepository snapshots;
  private final CaptionRepository captions;

  /**
   * @param formats the files of each known format
   */
  public RecipePreviews(
      List<DatasetFiles> formats, SnapshotRepository snapshots, CaptionRepository captions) {
    this.formats = List.copyOf(formats);
    this.snapshots = snapshots;
    this.captions = captions;
  }

  /**
   * Tries a recipe.
   *
   * @return empty if no import of the data set is complete, or if the data set went meanwhile
   * @throws InvalidInputException on field {@code recipe.fitOn}, {@code recipe.startEnd} or {@code
   *     captions}, as a job would fail, or as {@link JudgementUse#check}
   */
  public Optional<RecipePreview> preview(Dataset dataset, Recipe recipe) {
    FitOn.check(formats, dataset, recipe);
    JudgementUse.check(dataset, recipe);
    return snapshots
        .latestComplete(dataset.name())
        .flatMap(snapshot -> preview(dataset, snapshot, recipe));
  }

  private Optional<RecipePreview> preview(Dataset dataset, Snapshot snapshot, Recipe recipe) {
    long photos = PhotoRun.photos(captions.describedPhotos(snapshot.id(), recipe.filter()), recipe);
    TextCount counted = new TextCount(recipe);
    long read = forEachPhoto(snapshot.id(), recipe.filter(), photos, counted::add);
    if (read < photos) {
      return Optional.empty();
    }
    TextTrial trial = counted.fit(photos);
    read = forEachPhoto(snapshot.id(), recipe.filter(), photos, trial::add);
    return read < photos ? Optional.empty() : Optional.of(trial.preview(dataset, snapshot));
  }

  /**
   * @return how many photos there were
   */
  private long forEachPhoto(
      SnapshotId snapshot,
      JudgementFilter filter,
      long photos,
      Consumer<Described<Caption>> consumer) {
    long left = photos;
    Optional<PhotoId> after = Optional.empty();
    while (left > 0) {
      int wanted = (int) Math.min(left, PhotoRun.LENGTH);
      List<Described<Caption>> run = captions.describedAfter(snapshot, filter, after, wanted);
      if (run.isEmpty()) {
        break;
      }
      run.forEach(consumer);
      left -= run.size();
      after = Optional.of(run.get(run.size() - 1).photo());
    }
    return photos - left;
  }
}
