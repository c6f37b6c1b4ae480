package org.captionary.domain.preparation;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.training.PhotoPages;
import org.captionary.domain.training.TrainingSet;
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
    SnapshotId snapshot = ports.snapshot(preparation);
    PhotoPages pages = new PhotoPages(ports.examples(), preparation.trainingSet(), PAGE);
    Optional<PhotoId> after = Optional.empty();
    while (pages.hasNext()) {
      List<EncodedPhoto> page = pages.next();
      Page read = new Page(preparation, snapshot, page, after);
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

  /** What is looked up for some photos at once. */
  private final class Page {

    private final Map<PhotoId, List<CleanCaption>> clean;
    private final Map<Long, String> raw = new HashMap<>();
    private final Map<FeatureLayer, Map<ContentHash, byte[]>> features =
        new EnumMap<>(FeatureLayer.class);

    Page(
        Preparation preparation,
        SnapshotId snapshot,
        List<EncodedPhoto> photos,
        Optional<PhotoId> after) {
      int size = photos.size();
      clean =
          ports.captions().cleanAfter(preparation.key(), after, size).stream()
              .collect(Collectors.toMap(Described::photo, Described::captions));
      ports
          .captions()
          .describedAfter(snapshot, preparation.recipe().filter(), after, size)
          .forEach(photo -> photo.captions().forEach(this::add));
      preparation.recipe().layers().forEach(layer -> add(preparation, layer, photos));
    }

    private void add(Caption caption) {
      raw.put(caption.ordinal(), caption.text());
    }

    private void add(Preparation preparation, FeatureLayer layer, List<EncodedPhoto> photos) {
      TrainingSet set = preparation.trainingSet();
      Collection<ContentHash> contents =
          photos.stream().flatMap(photo -> photo.content().stream()).collect(Collectors.toSet());
      features.put(
          layer,
          ports
              .photos()
              .features(
                  set.extractor().orElseThrow(), set.rendering(), set.stored(), layer, contents));
    }

    Sample sample(EncodedPhoto photo) {
      List<CleanCaption> captions = clean.getOrDefault(photo.photo(), List.of());
      if (captions.size() != photo.captions().size()) {
        throw new IncompletePreparationException("captions of a photo are missing");
      }
      return new Sample(
          photo,
          captions.stream().map(this::text).toList(),
          captions.stream().map(CleanCaption::tokens).toList(),
          photo.content().map(this::features).orElse(Map.of()));
    }

    private String text(CleanCaption caption) {
      return required(raw.get(caption.ordinal()), "a caption");
    }

    private Map<FeatureLayer, byte[]> features(ContentHash content) {
      Map<FeatureLayer, byte[]> of = new EnumMap<>(FeatureLayer.class);
      features.forEach(
          (layer, rows) -> of.put(layer, required(rows.get(content), "features of a photo")));
      return of;
    }

    private <T> T required(T found, String what) {
      if (found == null) {
        throw new IncompletePreparationException("missing: " + what);
      }
      return found;
    }
  }
}
