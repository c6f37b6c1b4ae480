package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Reads and decodes photos into a snapshot.
 *
 * <p>A file of the size and time that the last complete snapshot saw is taken to hold what it held
 * then, and is not read again if its pixels are kept in the rendering that is asked for.
 */
final class PhotoImport {

  /** Names that are looked up at once. */
  private static final int PAGE = 1_024;

  /** Photos in a chunk, but for those of one id, which stay together. */
  private static final int CHUNK = 64;

  /** A chunk that ended so many attempts' processes is done photo by photo. */
  private static final int CAREFUL = 2;

  /** A photo during which so many of these processes ended is put aside. */
  private static final int FATAL = 2;

  private final Ports ports;
  private final SnapshotRepository snapshots;
  private final PhotoRepository photos;

  PhotoImport(Ports ports) {
    this.ports = ports;
    this.snapshots = ports.snapshots();
    this.photos = ports.photos();
  }

  /**
   * Cuts file names into chunks. Files of one photo id come in one chunk, in the order of names, as
   * the first usable one is the photo's.
   */
  static List<List<String>> cut(List<String> names) {
    List<List<String>> chunks = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String name : names.stream().sorted(Comparator.comparing(PhotoImport::stem)).toList()) {
      if (open.size() >= CHUNK && !stem(open.get(open.size() - 1)).equals(stem(name))) {
        chunks.add(List.copyOf(open));
        open.clear();
      }
      open.add(name);
    }
    if (!open.isEmpty()) {
      chunks.add(open);
    }
    return chunks;
  }

  /** The name up to the first dot, which is the photo's id if it can be one. */
  private static String stem(String name) {
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return name.substring(0, dot < 0 ? name.length() : dot);
  }

  /** Whether the pixels of every photo of a snapshot are kept, the files being as they were. */
  boolean hasAllPixels(SnapshotId snapshot, Dataset dataset, Rendering rendering) {
    List<String> names = ports.files(dataset.format()).photoNames(dataset);
    for (int from = 0; from < names.size(); from += PAGE) {
      List<String> page = names.subList(from, Math.min(from + PAGE, names.size()));
      Set<ContentHash> contents =
          snapshots.byFileName(snapshot, page).values().stream()
              .map(ImportedPhoto::content)
              .collect(Collectors.toSet());
      if (photos.withPixels(rendering, contents).size() < contents.size()) {
        return false;
      }
    }
    return true;
  }

  void run(Job job, Chunk chunk, List<String> names, ChunkCommit commit) {
    Reading reading = new Reading(job, ports);
    if (chunk.vanished() < CAREFUL) {
      Sorted sorted = sort(reading.snapshot, reading.read(names));
      commit.done(names.size(), () -> write(reading, sorted));
      ports.observer().rejected(sorted.rejected());
    } else {
      oneByOne(reading, chunk, names, commit);
    }
  }

  /** A photo that ends the process, as by a fault of a native decoder, is found and put aside. */
  private void oneByOne(Reading reading, Chunk chunk, List<String> names, ChunkCommit commit) {
    Set<String> handled = snapshots.handled(reading.snapshot, names);
    for (String name : names) {
      if (!handled.contains(name)) {
        Sorted sorted = sort(reading.snapshot, List.of(carefully(reading, chunk, name, commit)));
        commit.part(() -> write(reading, sorted));
        ports.observer().rejected(sorted.rejected());
      }
    }
    commit.done(names.size(), () -> {});
  }

  /** What was found kept may have been purged until it was held. */
  private void requireKept(Reading reading, Sorted sorted) {
    Set<ContentHash> found =
        sorted.imported().stream().map(ImportedPhoto::content).collect(Collectors.toSet());
    found.removeAll(sorted.pixels().keySet());
    if (photos.withPixels(reading.rendering, found).size() < found.size()) {
      throw new IllegalStateException("pixels of a photo that was known were purged meanwhile");
    }
  }

  private Outcome carefully(Reading reading, Chunk chunk, String name, ChunkCommit commit) {
    if (Collections.frequency(chunk.suspects(), name) >= FATAL) {
      return Outcome.rejected(name, "the service's process ended each time it was read");
    }
    commit.suspect(name);
    return reading.read(List.of(name)).get(0);
  }

  private void write(Reading reading, Sorted sorted) {
    photos.hold();
    requireKept(reading, sorted);
    photos.addPixels(reading.rendering, sorted.pixels());
    snapshots.addPhotos(reading.snapshot, sorted.imported());
    snapshots.addRejected(reading.snapshot, sorted.rejected());
  }

  /** The first usable file of an id takes it; files come in the order of names. */
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

  /** Reads the photos of one job. */
  private static final class Reading {

    private final Ports ports;
    private final Dataset dataset;
    private final DatasetFiles files;
    private final SnapshotId snapshot;
    private final Rendering rendering;
    private final Optional<SnapshotId> before;

    Reading(Job job, Ports ports) {
      this.ports = ports;
      this.dataset = ports.dataset(job);
      this.files = ports.files(dataset.format());
      this.snapshot = job.snapshot().orElseThrow();
      this.rendering = job.recipe().rendering();
      this.before =
          job.force()
              ? Optional.empty()
              : ports.snapshots().latestComplete(job.dataset()).map(Snapshot::id);
    }

    List<Outcome> read(List<String> names) {
      Map<String, ImportedPhoto> known = known(names);
      return names.stream().map(name -> read(name, Optional.ofNullable(known.get(name)))).toList();
    }

    /** What was imported before, and whose pixels are kept. */
    private Map<String, ImportedPhoto> known(List<String> names) {
      Map<String, ImportedPhoto> known =
          before.map(earlier -> ports.snapshots().byFileName(earlier, names)).orElse(Map.of());
      Set<ContentHash> kept =
          ports
              .photos()
              .withPixels(rendering, known.values().stream().map(ImportedPhoto::content).toList());
      return known.entrySet().stream()
          .filter(photo -> kept.contains(photo.getValue().content()))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Outcome read(String name, Optional<ImportedPhoto> known) {
      try {
        DatasetFiles.FileStamp stamp = files.stamp(dataset, name);
        PhotoId id = idOf(name);
        if (known.isPresent() && known.get().stamp().equals(stamp)) {
          return new Outcome(name, known, Optional.empty(), "");
        }
        byte[] file = files.readPhoto(dataset, name);
        Pixels pixels = ports.decoder().decode(file, rendering);
        ImportedPhoto photo = new ImportedPhoto(id, name, stamp, ContentHash.of(file));
        return new Outcome(name, Optional.of(photo), Optional.of(pixels), "");
      } catch (UnreadablePhotoException e) {
        return Outcome.rejected(name, e.getMessage());
      }
    }

    private static PhotoId idOf(String name) throws UnreadablePhotoException {
      try {
        return PhotoId.ofFileName(name);
      } catch (IllegalArgumentException e) {
        throw new UnreadablePhotoException("the file name gives no photo id: " + e.getMessage(), e);
      }
    }
  }

  private record Outcome(
      String name, Optional<ImportedPhoto> photo, Optional<Pixels> pixels, String reason) {

    static Outcome rejected(String name, String reason) {
      return new Outcome(name, Optional.empty(), Optional.empty(), reason);
    }
  }

  private record Sorted(
      List<ImportedPhoto> imported, Map<ContentHash, Pixels> pixels, List<RejectedInput> rejected) {

    void add(ImportedPhoto photo, Optional<Pixels> decoded) {
      imported.add(photo);
      decoded.ifPresent(given -> pixels.put(photo.content(), given));
    }
  }
}
