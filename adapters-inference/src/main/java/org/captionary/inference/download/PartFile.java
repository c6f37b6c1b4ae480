package org.captionary.inference.download;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What has come of a file so far, in {@code <name>.part}, and of which version at which address it
 * is, in {@code <name>.part.from}. Without a version it cannot be gone on with.
 */
final class PartFile {

  private final Path part;
  private final Path from;

  PartFile(Path folder, String fileName) {
    this.part = folder.resolve(fileName + ".part");
    this.from = folder.resolve(fileName + ".part.from");
  }

  Path path() {
    return part;
  }

  long length() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** The version of what is there, if it came from this address and can be gone on with. */
  Optional<String> versionFrom(URI address) throws IOException {
    if (length() == 0 || !Files.exists(from)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(from);
    return lines.size() == 2 && lines.get(0).equals(address.toString())
        ? Optional.of(lines.get(1))
        : Optional.empty();
  }

  /** Forgets what is there. */
  FileChannel startAnew(URI address, Optional<String> version) throws IOException {
    delete();
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (version.isPresent()) {
      Files.write(from, List.of(address.toString(), version.get()));
    }
    return channel;
  }

  FileChannel goOn() throws IOException {
    return FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  void delete() throws IOException {
    Files.deleteIfExists(from);
    Files.deleteIfExists(part);
  }

  /** On disk before it has its name: what has the name is whole, even after a power cut. */
  void become(Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(from);
  }
}
