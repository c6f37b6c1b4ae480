package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.IncompletePreparationException;

/** Looks at a preparation's described photos from wherever somebody wants to begin. */
public final class PhotoBrowser {

  private final Ports ports;
  private final PreparationExport export;

  public PhotoBrowser(Ports ports) {
    this.ports = ports;
    this.export = new PreparationExport(ports);
  }

  /**
   * The next photos in the order of ids, without features.
   *
   * @param after the id before the first of them; empty: from the first
   * @param photos at most so many, 1 or more
   * @throws IncompletePreparationException if the preparation is being deleted
   */
  public List<Sample> after(Preparation preparation, Optional<PhotoId> after, int photos) {
    return read(preparation, List.of(), after, photos);
  }

  /**
   * One photo.
   *
   * @param layers of the preparation's that are wanted
   * @throws IncompletePreparationException if the preparation is being deleted
   */
  public Optional<Sample> find(Preparation preparation, PhotoId photo, List<FeatureLayer> layers) {
    return read(preparation, layers, PhotoId.lastBefore(photo.value()), 1).stream()
        .filter(sample -> sample.photo().photo().equals(photo))
        .findFirst();
  }

  /**
   * The bytes of a photo's file, if it still is what the preparation was made from.
   *
   * @throws IncompletePreparationException if the preparation is being deleted
   */
  public Optional<byte[]> file(Preparation preparation, PhotoId photo) {
    return find(preparation, photo, List.of())
        .map(Sample::photo)
        .flatMap(found -> export.originals(preparation).apply(found));
  }

  private List<Sample> read(
      Preparation preparation, List<FeatureLayer> layers, Optional<PhotoId> after, int photos) {
    List<EncodedPhoto> found = ports.examples().photosAfter(preparation.key(), after, photos);
    SamplePage page = SamplePage.read(ports, preparation, layers, found, after);
    return found.stream().map(page::sample).toList();
  }
}
