package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Reads and decodes a data set's photos into a snapshot, chunk by chunk in the order of file names.
 *
 * <p>A file of the size and time that the last complete snapshot saw is taken to hold what it held
 * then, and is not read again if its pixels are kept in the rendering that is asked for.
 */
final class PhotoImport {

  /** Names that are looked up at once. */
  private static final int PAGE = 1_024;

  /** Photos that are decoded and committed at once. */
  private static final int CHUNK = 32;

  private final DatasetFiles files;
  private final SnapshotRepository snapshots;
  private final PhotoRepository photos;
  private final PhotoDecoder decoder;
  private final Rendering rendering;

  PhotoImport(
      DatasetFiles files,
      SnapshotRepository snapshots,
      PhotoRepository photos,
      PhotoDecoder decoder,
      Rendering rendering) {
    this.files = files;
    this.snapshots = snapshots;
    this.photos = photos;
    this.decoder = decoder;
    this.rendering = rendering;
  }

  /**
   * @param before an earlier snapshot of the data set whose photos may be taken over
   */
  void run(Dataset dataset, SnapshotId snapshot, Optional<SnapshotId> before, StepTracker tracker) {
    List<String> names = files.photoNames(dataset);
    List<List<String>> pages = cut(names, PAGE);
    long handled = pages.stream().mapToLong(page -> snapshots.handled(snapshot, page).size()).sum();
    StepTracker.Step step = tracker.begin(StepName.IMPORT, handled, names.size());
    for (List<String> page : pages) {
      Set<String> done = snapshots.handled(snapshot, page);
      List<String> open = page.stream().filter(name -> !done.contains(name)).toList();
      cut(open, CHUNK).forEach(chunk -> importChunk(dataset, snapshot, before, chunk, step));
    }
    step.end();
  }

  private static List<List<String>> cut(List<String> names, int size) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < names.size(); from += size) {
      parts.add(names.subList(from, Math.min(from + size, names.size())));
    }
    return parts;
  }

  /** Whether the pixels of every photo of a snapshot are kept, the files having these names. */
  boolean hasAllPixels(SnapshotId snapshot, List<String> names) {
    return cut(names, PAGE).stream()
        .map(page -> snapshots.byFileName(snapshot, page))
        .allMatch(found -> withPixels(found).size() == found.size());
  }

  /** Those of the photos whose pixels are kept. */
  private Map<String, ImportedPhoto> withPixels(Map<String, ImportedPhoto> found) {
    Set<ContentHash> kept =
        photos.withPixels(rendering, found.values().stream().map(ImportedPhoto::content).toList());
    Map<String, ImportedPhoto> usable = new HashMap<>(found);
    usable.values().removeIf(photo -> !kept.contains(photo.content()));
    return usable;
  }

  private void importChunk(
      Dataset dataset,
      SnapshotId snapshot,
      Optional<SnapshotId> before,
      List<String> names,
      StepTracker.Step step) {
    Map<String, ImportedPhoto> known =
        before.map(earlier -> withPixels(snapshots.byFileName(earlier, names))).orElse(Map.of());
    List<Outcome> outcomes =
        names.parallelStream()
            .map(name -> read(dataset, name, Optional.ofNullable(known.get(name))))
            .toList();
    Sorted sorted = sort(snapshot, outcomes);
    step.commit(
        names.size(),
        () -> {
          photos.addPixels(rendering, sorted.pixels());
          snapshots.addPhotos(snapshot, sorted.imported());
          snapshots.addRejected(snapshot, sorted.rejected());
        });
  }

  private Outcome read(Dataset dataset, String name, Optional<ImportedPhoto> known) {
    try {
      PhotoId id = idOf(name);
      DatasetFiles.FileStamp stamp = files.stamp(dataset, name);
      if (known.isPresent() && known.get().stamp().equals(stamp)) {
        return new Outcome(name, known, Optional.empty(), "");
      }
      byte[] file = files.readPhoto(dataset, name);
      Pixels pixels = decoder.decode(file, rendering);
      ImportedPhoto photo = new ImportedPhoto(id, name, stamp, ContentHash.of(file));
      return new Outcome(name, Optional.of(photo), Optional.of(pixels), "");
    } catch (UnreadablePhotoException e) {
      return new Outcome(name, Optional.empty(), Optional.empty(), e.getMessage());
    }
  }

  private static PhotoId idOf(String name) throws UnreadablePhotoException {
    try {
      return PhotoId.ofFileName(name);
    } catch (IllegalArgumentException e) {
      throw new UnreadablePhotoException("the file name gives no photo id: " + e.getMessage(), e);
    }
  }

  /** The first usable file of an id takes it; a chunk's files are in the order of names. */
  private Sorted sort(SnapshotId snapshot, List<Outcome> outcomes) {
    Map<PhotoId, ImportedPhoto> taken = new HashMap<>(snapshots.byId(snapshot, ids(outcomes)));
    Sorted sorted = new Sorted(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    for (Outcome outcome : outcomes) {
      Optional<String> reason =
          outcome.photo().isEmpty()
              ? Optional.of(outcome.reason())
              : taken(outcome.photo().get(), taken);
      if (reason.isPresent()) {
        sorted.rejected().add(RejectedInput.photo(outcome.name(), reason.get()));
      } else {
        sorted.add(outcome.photo().get(), outcome.pixels());
      }
    }
    return sorted;
  }

  /** Takes the photo's id for it, or says which file has it already. */
  private static Optional<String> taken(ImportedPhoto photo, Map<PhotoId, ImportedPhoto> taken) {
    String reason = "a second file of photo %s, whose file is %s";
    return Optional.ofNullable(taken.putIfAbsent(photo.id(), photo))
        .map(first -> String.format(Locale.ROOT, reason, photo.id(), first.fileName()));
  }

  private static Collection<PhotoId> ids(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.photo().stream())
        .map(ImportedPhoto::id)
        .collect(Collectors.toSet());
  }

  private record Outcome(
      String name, Optional<ImportedPhoto> photo, Optional<Pixels> pixels, String reason) {}

  private record Sorted(
      List<ImportedPhoto> imported, Map<ContentHash, Pixels> pixels, List<RejectedInput> rejected) {

    void add(ImportedPhoto photo, Optional<Pixels> decoded) {
      imported.add(photo);
      decoded.ifPresent(given -> pixels.put(photo.content(), given));
    }
  }
}
