package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of {@link DatasetFiles} for formats of Flickr8k's layout. */
public abstract class DatasetFilesContract {

  private static final Split TRAIN = new Split("train");
  private static final Instant THEN = Instant.parse("2020-02-02T02:02:02.123456Z");

  @TempDir Path folder;

  private Path root;
  private Path outside;
  private Path photos;
  private Path captions;
  private Path train;

  /**
   * The files under test.
   *
   * @param allowed the only folder below which they may read
   */
  protected abstract DatasetFiles files(Path allowed);

  @BeforeEach
  void layOut() throws IOException {
    folder = folder.toRealPath();
    root = Files.createDirectory(folder.resolve("root"));
    outside = Files.createDirectory(folder.resolve("outside"));
    photos = Files.createDirectory(root.resolve("photos"));
    captions = write(root.resolve("captions.txt"), "a.jpg#0\tA dog .\n");
    train = write(root.resolve("train.txt"), "a.jpg\n");
    write(photos.resolve("a.jpg"), "bytes of a");
    write(photos.resolve("b.png"), "bytes of b!");
  }

  @Test
  void takesADatasetWhoseFilesAreThere() {
    files().check(dataset());
    files().check(new Dataset("d", files().format(), photos, captions, Map.of()));
  }

  @Test
  void recognisesItsOwnFormatAlone() throws IOException {
    assertThat(files().recognises(dataset())).isTrue();
    write(captions, "A dog .\nTwo dogs .\n");
    assertThat(files().recognises(dataset())).isFalse();
    write(captions, "");
    assertThat(files().recognises(dataset())).isFalse();
  }

  @Test
  void tellsTheSplitsThatAreListed() {
    assertThat(files().splits(dataset())).contains(TRAIN);
  }

  @Test
  void refusesPathsThatAreNotAbsolute() {
    refused("photos", () -> check(Path.of("photos"), captions, train));
    refused("captions", () -> check(photos, Path.of("captions.txt"), train));
    refused("splits.train", () -> check(photos, captions, Path.of("train.txt")));
  }

  @Test
  void refusesPathsOutsideTheAllowedFolder() throws IOException {
    Path file = write(outside.resolve("rows.txt"), "a.jpg#0\tA dog .\n");

    refused("photos", () -> check(outside, captions, train));
    refused("photos", () -> check(root.resolve("../outside"), captions, train));
    refused("photos", () -> check(folder, captions, train));
    refused("captions", () -> check(photos, file, train));
    refused("captions", () -> check(photos, root.resolve("../outside/rows.txt"), train));
    refused("splits.train", () -> check(photos, captions, file));
  }

  @Test
  void refusesAFolderWhoseNameOnlyBeginsLikeTheAllowedOne() throws IOException {
    Path beside = Files.createDirectory(folder.resolve("root2"));

    refused("photos", () -> check(beside, captions, train));
  }

  @Test
  void refusesLinksThatLeaveTheAllowedFolder() throws IOException {
    Path file = write(outside.resolve("rows.txt"), "a.jpg#0\tA dog .\n");
    Path photosLink = Files.createSymbolicLink(root.resolve("photos-link"), outside);
    Path rowsLink = Files.createSymbolicLink(root.resolve("rows-link"), file);

    refused("photos", () -> check(photosLink, captions, train));
    refused("captions", () -> check(photos, rowsLink, train));
    refused("splits.train", () -> check(photos, captions, rowsLink));
  }

  @Test
  void refusesWhatIsAbsentOrOfTheWrongKind() {
    Path absent = root.resolve("absent");

    refused("photos", () -> check(absent, captions, train));
    refused("captions", () -> check(photos, absent, train));
    refused("splits.train", () -> check(photos, captions, absent));
    refused("photos", () -> check(captions, captions, train));
    refused("captions", () -> check(photos, photos, train));
    refused("splits.train", () -> check(photos, captions, photos));
  }

  @Test
  void refusesFilesThatWentAfterTheCheck() throws IOException {
    Dataset dataset = dataset();
    files().check(dataset);
    Files.delete(captions);
    Files.delete(train);

    refused("captions", () -> files().readCaptions(dataset, new Rows()));
    refused("splits.train", () -> files().readSplit(dataset, TRAIN, new Rows()));
    refused("captions", () -> files().fingerprint(dataset));
  }

  @Test
  void readsCaptionRowsInTheirOrder() throws IOException {
    Rows rows =
        readCaptions("b.jpg#1\tTwo dogs .\na.jpg#0\t A  dog\u00e9 \uD83D\uDE00\nb.jpg#0\tx\n");

    assertThat(rows.read).containsExactly("b|Two dogs .", "a| A  dog\u00e9 \uD83D\uDE00", "b|x");
    assertThat(rows.rejected).isEmpty();
  }

  @Test
  void takesTheNameUpToItsFirstDotForThePhoto() throws IOException {
    Rows rows = readCaptions("2258277193_586949ec62.jpg.1#0\tpeople\nplain#3\tno ending\n");

    assertThat(rows.read).containsExactly("2258277193_586949ec62|people", "plain|no ending");
  }

  @Test
  void takesEitherLineEndAndALastRowWithoutOne() throws IOException {
    Rows rows = readCaptions("a.jpg#0\tone\r\nb.jpg#0\ttwo\nc.jpg#0\tthree");

    assertThat(rows.read).containsExactly("a|one", "b|two", "c|three");
    assertThat(rows.rejected).isEmpty();
  }

  @Test
  void passesOverAByteOrderMark() throws IOException {
    assertThat(readCaptions("\uFEFFa.jpg#0\tone\n").read).containsExactly("a|one");
    assertThat(readSplit("\uFEFFa.jpg\n").read).containsExactly("a|1|a.jpg");
  }

  @Test
  void tellsHowAFileIsEncoded() throws IOException {
    assertThat(readCaptions("").encodings).isEqualTo(Map.of("captions.txt", "UTF-8"));
    assertThat(readSplit("\uFEFFa.jpg\n").encodings)
        .isEqualTo(Map.of("train.txt", "UTF-8 with byte order mark"));
  }

  @Test
  void keepsAnEmptyCaption() throws IOException {
    Rows rows = readCaptions("a.jpg#0\t\nb.jpg#0\t\r\n");

    assertThat(rows.read).containsExactly("a|", "b|");
    assertThat(rows.rejected).isEmpty();
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    Rows rows = readCaptions("");

    assertThat(rows.read).isEmpty();
    assertThat(rows.rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.jpg#0 no tab", "", "   ", "#0\tno name", ".jpg#0\tno name", "\tno key"})
  void rejectsARowThatIsNoCaptionWithItsLineAndReason(String row) throws IOException {
    Rows rows = readCaptions("a.jpg#0\tone\n" + row + "\nb.jpg#0\ttwo\n");

    assertThat(rows.read).containsExactly("a|one", "b|two");
    assertRejected(rows, RejectedInput.Kind.CAPTION, "captions.txt", 2);
    assertThat(rows.rejected.get(0).text()).isEqualTo(row);
  }

  @Test
  void rejectsARowThatHoldsNul() throws IOException {
    Rows rows = readCaptions("a.jpg#0\to\0ne\nb.jpg#0\ttwo\n");

    assertThat(rows.read).containsExactly("b|two");
    assertRejected(rows, RejectedInput.Kind.CAPTION, "captions.txt", 1);
  }

  @Test
  void rejectsARowThatIsNotUtf8() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("a.jpg#0\tone\nb.jpg#0\tcaf".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xe9);
    bytes.write("\nc.jpg#0\tthree\n".getBytes(StandardCharsets.UTF_8));
    Files.write(captions, bytes.toByteArray());
    Rows rows = new Rows();

    files().readCaptions(dataset(), rows);

    assertThat(rows.read).containsExactly("a|one", "c|three");
    assertRejected(rows, RejectedInput.Kind.CAPTION, "captions.txt", 2);
    assertThat(rows.rejected.get(0).text()).startsWith("b.jpg#0\tcaf");
  }

  @Test
  void countsEveryLineForTheLineNumber() throws IOException {
    Rows rows = readCaptions("a.jpg#0\tone\r\n\r\nbroken\r\nb.jpg#0\ttwo\r\n\r\nbroken too");

    assertThat(rows.rejected)
        .extracting(RejectedInput::line)
        .containsExactly(
            OptionalLong.of(2), OptionalLong.of(3), OptionalLong.of(5), OptionalLong.of(6));
  }

  @Test
  void givesTheHashOfTheBytesRead() throws IOException {
    write(captions, "\uFEFFa.jpg#0\tone\r\nbroken");
    write(train, "a.jpg\r\n");

    assertThat(files().readCaptions(dataset(), new Rows()))
        .isEqualTo(ContentHash.of(Files.readAllBytes(captions)));
    assertThat(files().readSplit(dataset(), TRAIN, new Rows()))
        .isEqualTo(ContentHash.of(Files.readAllBytes(train)));
  }

  @Test
  void readsSplitRowsByFileName() throws IOException {
    Rows rows = readSplit("b.jpg\r\na.jpg.1\nc");

    assertThat(rows.read).containsExactly("b|1|b.jpg", "a|2|a.jpg.1", "c|3|c");
    assertThat(rows.rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ".jpg", "a\0b.jpg"})
  void rejectsASplitRowThatNamesNoPhoto(String row) throws IOException {
    Rows rows = readSplit("a.jpg\n" + row + "\nb.jpg\n");

    assertThat(rows.read).containsExactly("a|1|a.jpg", "b|3|b.jpg");
    assertRejected(rows, RejectedInput.Kind.SPLIT, "train.txt", 2);
  }

  @Test
  void tellsTheNumbersOfCaptions() throws IOException {
    Rows rows = readCaptions("a.jpg#2\tx\na.jpg# 0 \ty\nb.jpg\tz\nb.jpg#12345678901\tz\n");

    assertThat(rows.numbers)
        .containsExactly(
            OptionalInt.of(2), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty());
  }

  @Test
  void readsScoresOfExperts() throws IOException {
    Rows rows =
        readJudgements(Annotators.EXPERT, "a.jpg\tb.jpg.1#2\t1\t4\t2\r\nc.jpg\tc.jpg#0\t4\t4\t4");

    assertThat(rows.read)
        .containsExactly(
            "a|b#2|Judgement[expertScores=[1, 4, 2], crowdYes=0, crowdNo=0]|1",
            "c|c#0|Judgement[expertScores=[4, 4, 4], crowdYes=0, crowdNo=0]|2");
    assertThat(rows.rejected).isEmpty();
  }

  @Test
  void readsAnswersOfACrowd() throws IOException {
    Rows rows =
        readJudgements(
            Annotators.CROWD, "a.jpg\tb.jpg#2\t0.333333333333333\t1\t2\nb.jpg\tb.jpg#0\t1\t3\t0\n");

    assertThat(rows.read)
        .containsExactly(
            "a|b#2|Judgement[expertScores=[], crowdYes=1, crowdNo=2]|1",
            "b|b#0|Judgement[expertScores=[], crowdYes=3, crowdNo=0]|2");
    assertThat(rows.rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg\ta.jpg#0\t0\t1\t1",
        "a.jpg\ta.jpg#0\t1\t5\t1",
        "a.jpg\ta.jpg#0\t1\t1\t1.0",
        "a.jpg\ta.jpg#0\t1\t1",
        "a.jpg\ta.jpg#0\t1\t1\t1\t1",
        "a.jpg\ta.jpg\t1\t1\t1",
        "a.jpg\ta.jpg#x\t1\t1\t1",
        "\ta.jpg#0\t1\t1\t1",
        "a.jpg\t#0\t1\t1\t1",
        "a.jpg\ta.jpg#0\t1\t1\t",
        ""
      })
  void rejectsARowThatIsNoScoreWithItsLineAndReason(String row) throws IOException {
    Rows rows = readJudgements(Annotators.EXPERT, "a.jpg\ta.jpg#0\t1\t1\t1\n" + row + "\n");

    assertThat(rows.read).hasSize(1);
    assertRejected(rows, RejectedInput.Kind.JUDGEMENT, "judgements.txt", 2);
    assertThat(rows.rejected.get(0).text()).isEqualTo(row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5\t1\t2",
        "1\t0\t3",
        "0\t0\t0",
        "NaN\t1\t2",
        "0.333\t-1\t2",
        "0\t0\t1e9",
        "\t1\t2"
      })
  void rejectsARowWhoseFractionDoesNotAgreeWithItsCounts(String said) throws IOException {
    Rows rows = readJudgements(Annotators.CROWD, "a.jpg\ta.jpg#0\t" + said + "\n");

    assertThat(rows.read).isEmpty();
    assertRejected(rows, RejectedInput.Kind.JUDGEMENT, "judgements.txt", 1);
  }

  @Test
  void looksAtFilesOfJudgementsAsAtOthers() throws IOException {
    Path file = write(root.resolve("judgements.txt"), "a.jpg\ta.jpg#0\t1\t1\t1\n");
    Dataset dataset = annotated(Annotators.EXPERT, file);
    files().check(dataset);
    List<ContentHash> seen = new ArrayList<>();
    seen.add(files().fingerprint(dataset()));
    seen.add(files().fingerprint(dataset));
    touch(file, THEN.plusMillis(1));
    seen.add(files().fingerprint(dataset));

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(files().readJudgements(dataset, Annotators.EXPERT, new Rows()))
        .isEqualTo(ContentHash.of(Files.readAllBytes(file)));
    refused(
        "annotations.crowd",
        () -> files().check(annotated(Annotators.CROWD, outside.resolve("x"))));
    refused("annotations.expert", () -> files().check(annotated(Annotators.EXPERT, photos)));
    Files.delete(file);
    refused("annotations.expert", () -> files().fingerprint(dataset));
  }

  private Dataset annotated(Annotators annotators, Path file) {
    Dataset plain = dataset();
    return new Dataset(
        plain.name(),
        plain.format(),
        plain.photos(),
        plain.captions(),
        plain.splits(),
        new TreeMap<>(Map.of(annotators, file)));
  }

  private Rows readJudgements(Annotators annotators, String text) throws IOException {
    Dataset dataset = annotated(annotators, write(root.resolve("judgements.txt"), text));
    Rows rows = new Rows();
    files().readJudgements(dataset, annotators, rows);
    return rows;
  }

  @Test
  void keepsItsFingerprintWhileNothingChanges() {
    assertThat(files().fingerprint(dataset())).isEqualTo(files().fingerprint(dataset()));
  }

  @Test
  void changesItsFingerprintWithEveryChange() throws IOException {
    List<ContentHash> seen = new ArrayList<>(List.of(files().fingerprint(dataset())));

    write(photos.resolve("c.jpg"), "added");
    seen.add(files().fingerprint(dataset()));
    Files.delete(photos.resolve("a.jpg"));
    seen.add(files().fingerprint(dataset()));
    touch(photos.resolve("c.jpg"), THEN.plusMillis(1));
    seen.add(files().fingerprint(dataset()));
    write(photos.resolve("c.jpg"), "resized");
    touch(photos.resolve("c.jpg"), THEN.plusMillis(1));
    seen.add(files().fingerprint(dataset()));
    Files.move(photos.resolve("c.jpg"), photos.resolve("d.jpg"));
    seen.add(files().fingerprint(dataset()));
    touch(captions, THEN.plusMillis(2));
    seen.add(files().fingerprint(dataset()));
    touch(train, THEN.plusMillis(3));
    seen.add(files().fingerprint(dataset()));

    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  void listsPhotoNamesInTheOrderOfCodePoints() throws IOException {
    for (String name : List.of("\uD83D\uDE00.jpg", "\uFF5E.jpg", "B.jpg", "a.b.jpg", "_.jpg")) {
      write(photos.resolve(name), "x");
    }

    assertThat(files().photoNames(dataset()))
        .containsExactly(
            "B.jpg", "_.jpg", "a.b.jpg", "a.jpg", "b.png", "\uFF5E.jpg", "\uD83D\uDE00.jpg");
  }

  @Test
  void readsAPhotoAndItsStamp() throws Exception {
    touch(photos.resolve("a.jpg"), THEN);

    assertThat(files().readPhoto(dataset(), "a.jpg"))
        .isEqualTo("bytes of a".getBytes(StandardCharsets.UTF_8));
    assertThat(files().stamp(dataset(), "a.jpg")).isEqualTo(new DatasetFiles.FileStamp(10, THEN));
  }

  @Test
  void readsAPhotoThroughALinkThatStaysInside() throws Exception {
    Path elsewhere = write(root.resolve("elsewhere.jpg"), "linked");
    Files.createSymbolicLink(photos.resolve("link.jpg"), elsewhere);

    assertThat(files().readPhoto(dataset(), "link.jpg"))
        .isEqualTo("linked".getBytes(StandardCharsets.UTF_8));
    assertThat(files().stamp(dataset(), "link.jpg").size()).isEqualTo(6);
  }

  @Test
  void namesWhatIsNoPhotoFileAndReadsNoneOfIt() throws IOException {
    Files.createDirectory(photos.resolve("folder"));
    Path secret = write(outside.resolve("secret.jpg"), "secret");
    Files.createSymbolicLink(photos.resolve("leaving.jpg"), secret);
    Files.createSymbolicLink(photos.resolve("broken.jpg"), photos.resolve("nowhere.jpg"));

    assertThat(files().photoNames(dataset())).contains("folder", "leaving.jpg", "broken.jpg");
    for (String name : List.of("folder", "leaving.jpg", "broken.jpg", "gone.jpg")) {
      assertThatThrownBy(() -> files().stamp(dataset(), name))
          .as(name)
          .isInstanceOf(UnreadablePhotoException.class);
      assertThatThrownBy(() -> files().readPhoto(dataset(), name))
          .as(name)
          .isInstanceOf(UnreadablePhotoException.class)
          .message()
          .isNotBlank()
          .doesNotContain("secret.jpg");
    }
  }

  private DatasetFiles files() {
    return files(root);
  }

  private Dataset dataset() {
    return dataset(photos, captions, train);
  }

  private Dataset dataset(Path photoFolder, Path captionFile, Path trainFile) {
    return new Dataset("d", files().format(), photoFolder, captionFile, Map.of("train", trainFile));
  }

  private void check(Path photoFolder, Path captionFile, Path trainFile) {
    files().check(dataset(photoFolder, captionFile, trainFile));
  }

  private static void refused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isNotNull();
              assertThat(e.allowed()).isNotEmpty().doesNotContain("");
            });
  }

  private Rows readCaptions(String text) throws IOException {
    write(captions, text);
    Rows rows = new Rows();
    files().readCaptions(dataset(), rows);
    return rows;
  }

  private Rows readSplit(String text) throws IOException {
    write(train, text);
    Rows rows = new Rows();
    files().readSplit(dataset(), TRAIN, rows);
    return rows;
  }

  private static void assertRejected(Rows rows, RejectedInput.Kind kind, String source, long line) {
    assertThat(rows.rejected).hasSize(1);
    RejectedInput rejected = rows.rejected.get(0);
    assertThat(rejected.kind()).isEqualTo(kind);
    assertThat(rejected.source()).isEqualTo(source);
    assertThat(rejected.line()).hasValue(line);
    assertThat(rejected.reason()).isNotBlank();
  }

  private static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    touch(file, THEN);
    return file;
  }

  private static void touch(Path file, Instant modified) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes rows as text. */
  private static final class Rows
      implements DatasetFiles.CaptionSink, DatasetFiles.SplitSink, DatasetFiles.JudgementSink {

    private final List<String> read = new ArrayList<>();
    private final List<OptionalInt> numbers = new ArrayList<>();
    private final List<RejectedInput> rejected = new ArrayList<>();
    private final Map<String, String> encodings = new TreeMap<>();

    @Override
    public void judgement(
        PhotoId photo, PhotoId described, int number, Judgement said, long line, String text) {
      read.add(photo + "|" + described + "#" + number + "|" + said + "|" + line);
    }

    @Override
    public void caption(PhotoId photo, OptionalInt number, String text) {
      read.add(photo + "|" + text);
      numbers.add(number);
    }

    @Override
    public void split(PhotoId photo, Split split, String source, long line, String text) {
      read.add(photo + "|" + split + "|" + source + "|" + line + "|" + text);
    }

    @Override
    public void photo(PhotoId photo, long line, String text) {
      read.add(photo + "|" + line + "|" + text);
    }

    @Override
    public void encoding(String source, String encoding) {
      encodings.put(source, encoding);
    }

    @Override
    public void rejected(RejectedInput row) {
      rejected.add(row);
    }
  }
}
