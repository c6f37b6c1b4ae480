package org.captionary.domain.preparation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.training.PhotoPages;
import org.captionary.domain.vocabulary.EncodedCaption;

/** All that a preparation holds of each described photo, in the order of ids, a page at a time. */
public final class PreparationExport {

  private static final int PAGE = 64;
  private static final long TEXT_BYTES = 1 << 20;

  private final Ports ports;

  public PreparationExport(Ports ports) {
    this.ports = ports;
  }

  /**
   * A described photo. The lists of its captions are equally long, in dataset order.
   *
   * @param captions as they stand in the data set
   * @param features little-endian float32 in C order; empty for a photo without a usable file
   */
  public record Sample(
      EncodedPhoto photo,
      List<String> captions,
      List<List<String>> tokens,
      Map<FeatureLayer, byte[]> features) {

    public List<EncodedCaption> encoded() {
      return photo.captions();
    }
  }

  /** Takes one sample after the other. */
  @FunctionalInterface
  public interface Sink {
    void take(Sample sample) throws IOException;
  }

  /** About how many bytes are held at a time. */
  public static long heldBytes(Preparation preparation) {
    return preparation.recipe().layers().stream()
        .mapToLong(layer -> (long) PAGE * Float.BYTES * layer.length())
        .reduce(TEXT_BYTES, Long::sum);
  }

  /**
   * Gives every described photo.
   *
   * @throws IncompletePreparationException if it is being deleted
   */
  public void forEach(Preparation preparation, Sink sink) throws IOException {
    PhotoPages pages = new PhotoPages(ports.examples(), preparation.trainingSet(), PAGE);
    Optional<PhotoId> after = Optional.empty();
    while (pages.hasNext()) {
      List<EncodedPhoto> page = pages.next();
      SamplePage read =
          SamplePage.read(ports, preparation, preparation.recipe().layers(), page, after);
      for (EncodedPhoto photo : page) {
        sink.take(read.sample(photo));
      }
      after = Optional.of(page.get(page.size() - 1).photo());
    }
  }

  /**
   * The bytes of photos' files, as far as they still are what the preparation was made from.
   *
   * @throws IncompletePreparationException if it is being deleted
   */
  public Function<EncodedPhoto, Optional<byte[]>> originals(Preparation preparation) {
    SnapshotId snapshot = ports.snapshot(preparation);
    Optional<Dataset> dataset = ports.datasets().byName(preparation.dataset());
    return photo -> dataset.flatMap(found -> original(found, snapshot, photo));
  }

  private Optional<byte[]> original(Dataset dataset, SnapshotId snapshot, EncodedPhoto photo) {
    Optional<ImportedPhoto> imported =
        photo.content().isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(
                ports.snapshots().byId(snapshot, List.of(photo.photo())).get(photo.photo()));
    try {
      return imported.isEmpty()
          ? Optional.empty()
          : Optional.of(read(dataset, imported.get()))
              .filter(bytes -> ContentHash.of(bytes).equals(photo.content().get()));
    } catch (UnreadablePhotoException | InvalidInputException e) {
      return Optional.empty(); // gone since: said in the export
    }
  }

  private byte[] read(Dataset dataset, ImportedPhoto photo) throws UnreadablePhotoException {
    return ports.files(dataset.format()).readPhoto(dataset, photo.fileName());
  }
}
