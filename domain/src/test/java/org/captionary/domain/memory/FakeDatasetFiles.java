package org.captionary.domain.memory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.RejectedInput;

/** The files of one data set, in memory; whatever paths it is asked for are taken for these. */
public final class FakeDatasetFiles implements DatasetFiles {

  public static final String FORMAT = "memory";

  private static final String CAPTION_FILE = "captions.txt";
  private static final Instant TOUCHED = Instant.parse("2025-01-01T00:00:00.000001Z");

  private final List<String> captionRows = new ArrayList<>();
  private final TreeMap<Integer, String> told = new TreeMap<>();
  private final TreeMap<String, List<String>> splitRows = new TreeMap<>();
  private final TreeMap<Annotators, List<String>> judgementRows = new TreeMap<>();

  /** Comparing ids compares by code point. */
  private final TreeMap<String, File> photos =
      new TreeMap<>(Comparator.comparing(name -> new PhotoId("x" + name.replace('.', '\1'))));

  private Optional<InvalidInputException> refusal = Optional.empty();

  /** Thrown instead of naming the photos, so many times. */
  private RuntimeException failure;

  private int failures;

  private record File(byte[] bytes, Instant modified) {}

  /** The data set that these files are; its splits are those named so far. */
  public Dataset dataset(String name) {
    Map<String, Path> splits = new TreeMap<>();
    splitRows.keySet().forEach(split -> splits.put(split, Path.of("/memory", split + ".txt")));
    TreeMap<Annotators, Path> annotations = new TreeMap<>();
    judgementRows.keySet().forEach(of -> annotations.put(of, Path.of("/memory", of + ".txt")));
    return new Dataset(
        name,
        FORMAT,
        Path.of("/memory/photos"),
        Optional.of(Path.of("/memory", CAPTION_FILE)),
        new TreeMap<>(splits),
        annotations);
  }

  /** Adds a row {@code name<TAB>caption}; one without a tab is rejected when it is read. */
  public FakeDatasetFiles captionRow(String row) {
    captionRows.add(row);
    return this;
  }

  public FakeDatasetFiles caption(String fileName, String text) {
    return captionRow(fileName + "\t" + text);
  }

  /** Adds a row that puts its photo into a split. */
  public FakeDatasetFiles caption(String fileName, String text, String split) {
    told.put(captionRows.size(), split);
    return caption(fileName, text);
  }

  public FakeDatasetFiles split(String split, String... fileNames) {
    splitRows.computeIfAbsent(split, name -> new ArrayList<>()).addAll(List.of(fileNames));
    return this;
  }

  /**
   * Adds rows of a photo, a caption's key and three scores, or the counts of yes and no: {@code
   * a.jpg b.jpg#0 1 2 4} or {@code a.jpg b.jpg#0 2 1}; a single word is rejected.
   */
  public FakeDatasetFiles judged(Annotators annotators, String... rows) {
    judgementRows.computeIfAbsent(annotators, of -> new ArrayList<>()).addAll(List.of(rows));
    return this;
  }

  public FakeDatasetFiles photo(String fileName, String content) {
    return photo(fileName, content, TOUCHED);
  }

  public FakeDatasetFiles photo(String fileName, String content, Instant modified) {
    photos.put(fileName, new File(content.getBytes(StandardCharsets.UTF_8), modified));
    return this;
  }

  public FakeDatasetFiles withoutPhoto(String fileName) {
    photos.remove(fileName);
    return this;
  }

  /** From here on no file of the data set can be had; null ends that. */
  public FakeDatasetFiles refuse(InvalidInputException why) {
    refusal = Optional.ofNullable(why);
    return this;
  }

  public void failures(RuntimeException failure, int times) {
    this.failure = failure;
    this.failures = times;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(Dataset dataset) {
    check(dataset);
    return captionRows.stream().anyMatch(row -> row.indexOf('\t') > 0);
  }

  @Override
  public List<Split> splits(Dataset dataset) {
    return Stream.concat(splitRows.keySet().stream(), told.values().stream())
        .distinct()
        .map(Split::new)
        .toList();
  }

  @Override
  public void check(Dataset dataset) {
    refusal.ifPresent(
        why -> {
          throw why;
        });
  }

  @Override
  public ContentHash fingerprint(Dataset dataset) {
    check(dataset);
    StringBuilder text = new StringBuilder();
    text.append(captionRows).append(splitRows);
    if (!judgementRows.isEmpty()) {
      text.append(judgementRows);
    }
    photos.forEach(
        (name, file) ->
            text.append(name).append(file.bytes().length).append(file.modified()).append('\n'));
    return hash(text.toString());
  }

  @Override
  public ContentHash readCaptions(Dataset dataset, CaptionSink sink) {
    check(dataset);
    for (int i = 0; i < captionRows.size(); i++) {
      String[] parts = captionRows.get(i).split("\t", 2);
      if (parts.length == 2) {
        PhotoId photo = PhotoId.ofFileName(parts[0]);
        sink.caption(photo, number(parts[0]), parts[1]);
        if (told.containsKey(i)) {
          sink.split(photo, new Split(told.get(i)), CAPTION_FILE, i + 1L, captionRows.get(i));
        }
      } else {
        sink.rejected(
            new RejectedInput(
                RejectedInput.Kind.CAPTION,
                CAPTION_FILE,
                OptionalLong.of(i + 1L),
                captionRows.get(i),
                "no tab"));
      }
    }
    sink.encoding(CAPTION_FILE, "UTF-8");
    return hash(String.join("\n", captionRows));
  }

  @Override
  public ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    check(dataset);
    List<String> rows = splitRows.get(split.name());
    for (int i = 0; i < rows.size(); i++) {
      sink.photo(PhotoId.ofFileName(rows.get(i)), i + 1L, rows.get(i));
    }
    sink.encoding(split + ".txt", "UTF-8");
    return hash(String.join("\n", rows));
  }

  /** What stands behind a {@code #}, if there is one. */
  private static OptionalInt number(String key) {
    String number = key.substring(key.indexOf('#') + 1);
    return number.matches("[0-9]+")
        ? OptionalInt.of(Integer.parseInt(number))
        : OptionalInt.empty();
  }

  @Override
  public ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink) {
    check(dataset);
    List<String> rows = judgementRows.get(annotators);
    for (int i = 0; i < rows.size(); i++) {
      readJudgement(rows.get(i), annotators, i + 1L, sink);
    }
    return hash(String.join("\n", rows));
  }

  private static void readJudgement(
      String row, Annotators annotators, long line, JudgementSink sink) {
    String[] fields = row.split(" ");
    if (fields.length < 2) {
      sink.rejected(
          new RejectedInput(
              RejectedInput.Kind.JUDGEMENT,
              annotators + ".txt",
              OptionalLong.of(line),
              row,
              "too few fields"));
      return;
    }
    List<Integer> said = Arrays.stream(fields).skip(2).map(Integer::valueOf).toList();
    Judgement judgement =
        annotators == Annotators.EXPERT
            ? Judgement.ofExperts(said)
            : Judgement.ofCrowd(said.get(0), said.get(1));
    sink.judgement(
        PhotoId.ofFileName(fields[0]),
        PhotoId.ofFileName(fields[1]),
        number(fields[1]).getAsInt(),
        judgement,
        line,
        row);
  }

  @Override
  public List<String> photoNames(Dataset dataset) {
    check(dataset);
    if (failures > 0) {
      failures--;
      throw failure;
    }
    return List.copyOf(photos.keySet());
  }

  @Override
  public FileStamp stamp(Dataset dataset, String name) throws UnreadablePhotoException {
    File file = file(name);
    return new FileStamp(file.bytes().length, file.modified());
  }

  @Override
  public byte[] readPhoto(Dataset dataset, String name) throws UnreadablePhotoException {
    return file(name).bytes().clone();
  }

  private File file(String name) throws UnreadablePhotoException {
    File file = photos.get(name);
    if (file == null) {
      throw new UnreadablePhotoException("there is no such file");
    }
    return file;
  }

  private static ContentHash hash(String text) {
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
