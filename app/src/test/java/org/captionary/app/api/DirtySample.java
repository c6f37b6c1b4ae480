package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A sample of 16 photos into which dirt is put, a piece of every kind.
 *
 * @param names the photos' file names in the order of their captions, before the dirt
 * @param unusable ids of described photos without a usable file
 * @param rejected what must be quarantined, in the quarantine's order
 */
record DirtySample(
    SampleLayout files, List<String> names, Set<String> unusable, List<Rejected> rejected) {

  private static final int PHOTOS = 16;
  private static final long SEED = 7;
  private static final int MISSING = 3;
  private static final int TRUNCATED = 4;
  private static final int UNDESCRIBED = 5;
  private static final int EMPTIED = 6;
  private static final int UNSPLIT = 7;
  private static final int TWICE = 8;

  /**
   * A row of the quarantine.
   *
   * @param line null for a photo
   * @param reason a part of it
   */
  record Rejected(String kind, String source, Integer line, String text, String reason) {}

  static DirtySample draw(String name) throws IOException {
    SampleLayout files = SampleLayout.draw(name, PHOTOS, SEED);
    List<String> names = files.photoNames();
    List<Rejected> rejected = new ArrayList<>();
    rejected.addAll(soilCaptions(files, names));
    rejected.addAll(soilTrainList(files, names));
    rejected.addAll(soilPhotos(files, names));
    Set<String> unusable = Set.of(id(names.get(MISSING)), id(names.get(TRUNCATED)));
    return new DirtySample(files, names, unusable, rejected);
  }

  static String id(String fileName) {
    return fileName.substring(0, fileName.indexOf('.'));
  }

  /** The photo that has a second file. */
  String twice() {
    return names.get(TWICE);
  }

  private static List<Rejected> soilCaptions(SampleLayout files, List<String> names)
      throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(files.captions()));
    rows.removeIf(row -> row.startsWith(names.get(UNDESCRIBED)));
    rows.replaceAll(
        row -> row.startsWith(names.get(EMPTIED) + "#0") ? names.get(EMPTIED) + "#0\t. a !" : row);
    String withoutTab = names.get(0) + "#5 a caption behind a space";
    String badNumber = names.get(0) + "#x\ta caption under a bad key";
    String withoutName = ".jpg#0\ta caption of nothing";
    String notUtf8 = names.get(0) + "#6\ta caf\u00e9";
    rows.add(0, withoutTab);
    rows.add(6, badNumber);
    rows.add(7, "");
    rows.add(8, withoutName);
    rows.add(notUtf8);
    write(files.captions(), rows);
    String source = files.captions().getFileName().toString();
    return List.of(
        new Rejected("caption", source, 1, withoutTab, "no tab"),
        new Rejected("caption", source, 7, badNumber, "no whole number"),
        new Rejected("caption", source, 8, "", "blank"),
        new Rejected("caption", source, 9, withoutName, "names no photo"),
        new Rejected(
            "caption", source, rows.size(), notUtf8.replace('\u00e9', '\uFFFD'), "not UTF-8"));
  }

  private static List<Rejected> soilTrainList(SampleLayout files, List<String> names)
      throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(files.split("train")));
    rows.remove(names.get(UNSPLIT));
    rows.add(names.get(0));
    rows.add(names.get(1));
    write(files.split("train"), rows);
    String source = files.split("train").getFileName().toString();
    return List.of(
        new Rejected("split", source, rows.size() - 1, names.get(0), "in this list already"),
        new Rejected("split", source, rows.size(), names.get(1), "in split dev"));
  }

  private static List<Rejected> soilPhotos(SampleLayout files, List<String> names)
      throws IOException {
    Files.delete(files.photo(names.get(MISSING)));
    Path truncated = files.photo(names.get(TRUNCATED));
    byte[] whole = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
    String second = id(names.get(TWICE)) + ".second.jpg";
    Files.copy(files.photo(names.get(0)), files.photo(second));
    Files.writeString(files.photo("notes.txt"), "not a photo\n");
    List<Rejected> rejected = new ArrayList<>();
    rejected.add(photo(names.get(TRUNCATED), "truncated JPEG"));
    rejected.add(photo(second, "a second file of photo " + id(second)));
    rejected.add(photo("notes.txt", "not an image format"));
    rejected.sort((a, b) -> a.source().compareTo(b.source()));
    return rejected;
  }

  private static Rejected photo(String source, String reason) {
    return new Rejected("photo", source, null, "", reason);
  }

  private static void write(Path file, List<String> rows) throws IOException {
    Files.write(file, (String.join("\n", rows) + "\n").getBytes(ISO_8859_1));
  }
}
