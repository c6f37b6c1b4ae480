package org.captionary.app.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a written sample as any user of Flickr8k's layout would. */
final class SampleFiles {

  private final Path folder;

  SampleFiles(Path folder) {
    this.folder = folder;
  }

  List<String> captionRows() {
    return lines(folder.resolve("Flickr8k_text/Flickr8k.token.txt"));
  }

  List<String> split(String list) {
    return lines(folder.resolve("Flickr8k_text/Flickr_8k." + list + "Images.txt"));
  }

  Path photo(String name) {
    return folder.resolve("Flicker8k_Dataset").resolve(name);
  }

  /** The photos that captions speak of, in their order. */
  List<String> photoNames() {
    return captionRows().stream()
        .map(row -> row.substring(0, row.indexOf('#')))
        .distinct()
        .toList();
  }

  /** Every file below the folder, by its relative name, as a string of a character a byte. */
  Map<String, String> contents() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  SampleFiles::bytes,
                  (a, b) -> a,
                  TreeMap::new));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
