package org.captionary.app.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.captionary.app.sample.SampleDataset;

/** A sample data set below the folder that the tests' service may read, and where its files lie. */
public record SampleLayout(Path folder) {

  /** The only one of {@code captionary.dataset-roots} in tests. */
  public static final Path ROOT = Path.of("target", "datasets").toAbsolutePath();

  public static final List<String> SPLITS = List.of("dev", "test", "train");

  /** Draws a sample anew, in the place of what an earlier run of the tests left. */
  public static SampleLayout draw(String name, int photos, long seed) throws IOException {
    Path folder = ROOT.resolve(name);
    delete(folder);
    new SampleDataset(photos, seed, 160, 120).write(folder);
    return new SampleLayout(folder);
  }

  public Path photos() {
    return folder.resolve("Flicker8k_Dataset");
  }

  public Path photo(String fileName) {
    return photos().resolve(fileName);
  }

  public Path captions() {
    return folder.resolve("Flickr8k_text/Flickr8k.token.txt");
  }

  public Path split(String name) {
    return folder.resolve("Flickr8k_text/Flickr_8k." + name + "Images.txt");
  }

  /** The file names of the photos, in the order in which captions first speak of them. */
  public List<String> photoNames() throws IOException {
    return Files.readAllLines(captions()).stream()
        .map(row -> row.substring(0, row.indexOf('#')))
        .distinct()
        .toList();
  }

  /** What registers the data set. */
  public Map<String, Object> body(String name) {
    Map<String, Object> splits = new LinkedHashMap<>();
    SPLITS.forEach(split -> splits.put(split, split(split).toString()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("format", "flickr8k");
    body.put("photos", photos().toString());
    body.put("captions", captions().toString());
    body.put("splits", splits);
    return body;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    paths.forEach(SampleLayout::deleteOne);
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
