package org.captionary.domain.preparation;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.PhotoPages;

/**
 * The described photos of a split with all captions that the data set has of them, be they other
 * ones than the recipe takes; without any, a photo is left out.
 */
final class ScoredPhotos {

  /** More photos are not scored at once. */
  static final int MAX_PHOTOS = 50_000;

  /** Photos whose captions are looked up at once. */
  private static final int RUN = 1_000;

  private final Ports ports;

  ScoredPhotos(Ports ports) {
    this.ports = ports;
  }

  /**
   * A photo that can be scored.
   *
   * @param usable whether it has a file
   * @param captions one or more, in dataset order
   */
  record Photo(PhotoId id, boolean usable, List<Caption> captions) {}

  /**
   * Those that are wanted, in the order of ids.
   *
   * @throws InvalidInputException on {@code split} if it is none of the data set's or too large
   */
  List<Photo> of(Preparation preparation, Split split, Predicate<PhotoId> wanted) {
    check(preparation, split);
    SnapshotId snapshot = ports.snapshot(preparation);
    List<Photo> photos = new ArrayList<>();
    new PhotoPages(ports.examples(), preparation.trainingSet(), RUN)
        .forEachRemaining(
            page ->
                photos.addAll(
                    withCaptions(
                        snapshot,
                        page.stream()
                            .filter(photo -> isIn(split, photo) && wanted.test(photo.photo()))
                            .toList())));
    return photos;
  }

  private List<Photo> withCaptions(SnapshotId snapshot, List<EncodedPhoto> photos) {
    List<PhotoId> ids = photos.stream().map(EncodedPhoto::photo).toList();
    Map<PhotoId, List<Caption>> captions =
        ports.captions().of(snapshot, ids).stream().collect(groupingBy(Caption::photo));
    return photos.stream()
        .filter(photo -> captions.containsKey(photo.photo()))
        .map(
            photo ->
                new Photo(photo.photo(), photo.content().isPresent(), captions.get(photo.photo())))
        .toList();
  }

  private static boolean isIn(Split split, EncodedPhoto photo) {
    return split.isAll() || photo.split().equals(Optional.of(split));
  }

  private static void check(Preparation preparation, Split split) {
    long photos =
        Optional.ofNullable(preparation.figures().get(split))
            .orElseThrow(() -> unknown(preparation, split))
            .describedPhotos();
    if (photos == 0 || photos > MAX_PHOTOS) {
      throw new InvalidInputException(
          "split", split + ", which has " + photos + " photos", "a split of 1 to " + MAX_PHOTOS);
    }
  }

  private static InvalidInputException unknown(Preparation preparation, Split split) {
    return new InvalidInputException(
        "split",
        split.name(),
        preparation.figures().keySet().stream().map(Split::name).sorted().toList());
  }
}
