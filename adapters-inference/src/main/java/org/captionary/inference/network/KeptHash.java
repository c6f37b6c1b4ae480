package org.captionary.inference.network;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;

/**
 * The {@link WeightsHash} of a file, computed once and kept in {@code <file name>.sha256} beside
 * size, time and path of the file; when one of them changes, it is computed anew.
 */
final class KeptHash {

  private static final Logger LOG = System.getLogger(KeptHash.class.getName());

  private final Path file;
  private final FileStamp stamp;
  private final Path kept;

  KeptHash(Path file, Path folder) {
    this.file = file.toAbsolutePath();
    this.stamp = FileStamp.of(file);
    this.kept = folder.resolve(file.getFileName() + ".sha256");
  }

  Optional<ContentHash> get() {
    try {
      List<String> lines = Files.readAllLines(kept);
      return lines.size() > 1 && lines.subList(1, lines.size()).equals(key())
          ? Optional.of(new ContentHash(lines.get(0)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A folder that cannot be written costs the reading of the file at each start, no more. */
  ContentHash keep(ContentHash hash) {
    List<String> lines = new ArrayList<>(key());
    lines.add(0, hash.hex());
    try {
      Files.createDirectories(kept.getParent());
      Path part = Files.createTempFile(kept.getParent(), "hash", ".part");
      Files.write(part, lines);
      Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the hash of {0} cannot be kept: {1}", file, e);
    }
    return hash;
  }

  private List<String> key() {
    return List.of(
        Long.toString(stamp.size()), Long.toString(stamp.modifiedMillis()), file.toString());
  }
}
