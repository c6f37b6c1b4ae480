package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;
import org.captionary.domain.preparation.RejectedInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Flickr8kFilesTest {

  private static final Split TRAIN = new Split("train");
  private static final int MAX_PHOTO_BYTES = 10;

  @TempDir Path place;
  private Path root;
  private Path photos;
  private Path captions;
  private Path train;
  private Dataset dataset;
  private DatasetFiles files;

  @BeforeEach
  void createDataset() throws IOException {
    root = Files.createDirectory(place.resolve("root"));
    photos = Files.createDirectory(root.resolve("photos"));
    captions = Files.writeString(root.resolve("captions.txt"), "a.jpg#0\tA dog .\n");
    train = Files.writeString(root.resolve("train.txt"), "a.jpg\n");
    dataset = dataset(photos, captions, train);
    files = flickr8k(List.of(root), MAX_PHOTO_BYTES);
  }

  @Test
  void isNamedFlickr8k() {
    assertThat(files.format()).isEqualTo("flickr8k");
  }

  @Test
  void handsOutCaptionsInOrderAsTheyStand() throws IOException {
    Recorded read = readCaptions("b.jpg#0\t A dog .\na.jpg#1\ttwo\ttabs \nb.jpg#4\t\n");
    assertThat(read.rows).containsExactly("b| A dog .", "a|two\ttabs ", "b|");
    assertThat(read.rejected).isEmpty();
  }

  @Test
  void takesTheIdFromTheKey() throws IOException {
    Recorded read =
        readCaptions("12_ab.jpg.1#0\ta\nplain\tb\n x y.jpg #12 \tc\nnodot#3\td\nz.tar.gz\te");
    assertThat(read.rows).containsExactly("12_ab|a", "plain|b", "x y|c", "nodot|d", "z|e");
  }

  @Test
  void rejectsKeysThatAreNone() throws IOException {
    Recorded read =
        readCaptions("a.jpg#\tx\na.jpg#x\tx\na.jpg#-1\tx\na.jpg#1#2\tx\na.jpg#1.0\tx\n");
    assertThat(read.rows).isEmpty();
    assertThat(read.reasons())
        .hasSize(5)
        .containsOnly("no whole number stands behind the # of the key");
  }

  @Test
  void rejectsRowsWithTheirLineAndTextAndReason() throws IOException {
    Recorded read =
        readCaptions("\n  \t \nno tab\n.jpg#0\tx\n\tx\n#0\tx\na\0.jpg#0\tx\na.jpg#0\tok");
    assertThat(read.rows).containsExactly("a|ok");
    String noPhoto = "the row names no photo: nothing stands before the first dot";
    assertThat(read.rejected)
        .containsExactly(
            rejected(1, "", "the row is blank"),
            rejected(2, "  \t ", "the row is blank"),
            rejected(3, "no tab", "the row has no tab between key and caption"),
            rejected(4, ".jpg#0\tx", noPhoto),
            rejected(5, "\tx", noPhoto),
            rejected(6, "#0\tx", noPhoto),
            rejected(7, "a\uFFFD.jpg#0\tx", "the row holds a NUL character"));
  }

  @Test
  void rejectsOnlyTheRowThatIsNotUtf8() throws IOException {
    Files.write(captions, "a.jpg#0\tEine Tür\nb.jpg#0\tok\n".getBytes(ISO_8859_1));
    Recorded read = new Recorded();
    files.readCaptions(dataset, read);
    assertThat(read.rows).containsExactly("b|ok");
    assertThat(read.rejected)
        .containsExactly(rejected(1, "a.jpg#0\tEine T\uFFFDr", "the row is not UTF-8"));
  }

  @Test
  void rejectsAnOverlongRowAndGoesOn() throws IOException {
    Recorded read = readCaptions("a.jpg#0\t" + "x".repeat(LineReader.LONGEST) + "\nb.jpg#0\tok\n");
    assertThat(read.rows).containsExactly("b|ok");
    assertThat(read.reasons()).containsExactly("the row is longer than 1048576 bytes");
  }

  @Test
  void readsAFileMadeOnWindows() throws IOException {
    Recorded read = readCaptions("\uFEFFa.jpg#0\tone\r\nb.jpg#0\ttwo\r\n");
    assertThat(read.rows).containsExactly("a|one", "b|two");
  }

  @Test
  void anEmptyFileHasNoRows() throws IOException {
    Recorded read = readCaptions("");
    assertThat(read.rows).isEmpty();
    assertThat(read.rejected).isEmpty();
  }

  @Test
  void hashesTheBytesItReads() throws IOException {
    byte[] bytes = "\uFEFFa.jpg#0\tone\r\nbad\r\nb.jpg#0\tlast".getBytes(UTF_8);
    Files.write(captions, bytes);
    assertThat(files.readCaptions(dataset, new Recorded())).isEqualTo(ContentHash.of(bytes));
    Files.write(train, bytes);
    assertThat(files.readSplit(dataset, TRAIN, new Recorded())).isEqualTo(ContentHash.of(bytes));
  }

  @Test
  void namesTheFileThatFailsHalfWay() {
    byte[] head = "a.jpg#0\tread\nb.jpg".getBytes(UTF_8);
    DatasetFiles failing =
        DatasetFormats.files(
            new Flickr8kCaptions(),
            List.of(root),
            MAX_PHOTO_BYTES,
            path -> new SequenceInputStream(new ByteArrayInputStream(head), new Broken()));
    InvalidInputException e =
        catchThrowableOfType(
            InvalidInputException.class, () -> failing.readCaptions(dataset, new Recorded()));
    assertThat(e.field()).isEqualTo("captions");
    assertThat(e.value()).isEqualTo(captions);
    assertThat(e.allowed())
        .containsExactly(
            "a file that can be read without an error (Input/output error) below " + root);
  }

  @Test
  void namesTheTextFileThatIsGone() throws IOException {
    Files.delete(captions);
    Files.delete(train);
    assertRefused("captions", captions, () -> files.readCaptions(dataset, new Recorded()));
    assertRefused("splits.train", train, () -> files.readSplit(dataset, TRAIN, new Recorded()));
    Split other = new Split("other");
    assertRefused("splits.other", null, () -> files.readSplit(dataset, other, new Recorded()));
  }

  @Test
  void aSinksOwnFailureIsPassedOn() {
    Recorded full =
        new Recorded() {
          @Override
          public void caption(PhotoId photo, OptionalInt number, String text) {
            throw new IllegalStateException("full");
          }
        };
    assertThatThrownBy(() -> files.readCaptions(dataset, full)).hasMessage("full");
  }

  @Test
  void readsSplitLists() throws IOException {
    Files.writeString(train, "b.jpg\n a.jpg.1 \r\n\n.jpg\nplain");
    Recorded read = new Recorded();
    files.readSplit(dataset, TRAIN, read);
    assertThat(read.rows).containsExactly("b|1|b.jpg", "a|2| a.jpg.1 ", "plain|5|plain");
    assertThat(read.rejected)
        .extracting(RejectedInput::kind, RejectedInput::source, RejectedInput::line)
        .containsOnly(
            tuple(RejectedInput.Kind.SPLIT, "train.txt", OptionalLong.of(3)),
            tuple(RejectedInput.Kind.SPLIT, "train.txt", OptionalLong.of(4)));
    assertThat(read.reasons().get(0)).isEqualTo("the row is blank");
  }

  @Test
  void checksEveryPath() throws IOException {
    files.check(dataset);
    Path absent = root.resolve("absent");
    assertRefused("photos", absent, () -> files.check(dataset(absent, captions, train)));
    assertRefused("photos", captions, () -> files.check(dataset(captions, captions, train)));
    assertRefused("captions", photos, () -> files.check(dataset(photos, photos, train)));
    assertRefused("captions", absent, () -> files.check(dataset(photos, absent, train)));
    assertRefused("splits.train", absent, () -> files.check(dataset(photos, captions, absent)));
    Path relative = Path.of("train.txt");
    assertRefused("splits.train", relative, () -> files.check(dataset(photos, captions, relative)));
    Path outside = Files.writeString(place.resolve("outside.txt"), "");
    assertRefused("captions", outside, () -> files.check(dataset(photos, outside, train)));
    files.check(new Dataset("d", "flickr8k", photos, captions, Map.of()));
  }

  @Test
  void readsNothingWithoutRoots() {
    DatasetFiles closed = flickr8k(List.of(), MAX_PHOTO_BYTES);
    assertThatThrownBy(() -> closed.check(dataset))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("CAPTIONARY_DATASET_ROOTS");
    assertThatThrownBy(() -> closed.readCaptions(dataset, new Recorded()))
        .hasMessageContaining("CAPTIONARY_DATASET_ROOTS");
  }

  /** As on a node that was started without them: no photo is at fault. */
  @Test
  void quarantinesNoPhotoWithoutRoots() throws IOException {
    photo("a.jpg", "x");
    DatasetFiles closed = flickr8k(List.of(), MAX_PHOTO_BYTES);
    assertThatThrownBy(() -> closed.stamp(dataset, "a.jpg"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("CAPTIONARY_DATASET_ROOTS");
    assertThatThrownBy(() -> closed.readPhoto(dataset, "a.jpg"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void listsAllThatLiesInTheFolderByCodePoint() throws IOException {
    Files.createDirectory(photos.resolve("sub"));
    for (String name : List.of("b.jpg", "B.jpg", ".hidden", "10.jpg", "9.jpg")) {
      photo(name, "x");
    }
    Files.createSymbolicLink(photos.resolve("dangling"), root.resolve("absent"));
    assertThat(files.photoNames(dataset))
        .containsExactly(".hidden", "10.jpg", "9.jpg", "B.jpg", "b.jpg", "dangling", "sub");
  }

  @Test
  void namesThatDecodeAlikeAreOne() {
    List<String> names = new ArrayList<>(List.of("b", "a\uFFFD", "a", "a\uFFFD"));
    assertThat(PhotoFolder.ordered(names)).containsExactly("a", "a\uFFFD", "b");
  }

  @Test
  void stampsToTheMicrosecond() throws Exception {
    Path photo = photo("a.jpg", "12345");
    Instant modified = Instant.parse("2020-02-03T04:05:06.123456Z");
    Files.setLastModifiedTime(photo, FileTime.from(modified.plusNanos(789)));
    assertThat(files.stamp(dataset, "a.jpg")).isEqualTo(new FileStamp(5, modified));
  }

  @Test
  void readsPhotosAlsoThroughLinksThatStay() throws Exception {
    Path elsewhere = Files.writeString(root.resolve("original"), "photo");
    Files.createSymbolicLink(photos.resolve("a.jpg"), elsewhere);
    assertThat(files.readPhoto(dataset, "a.jpg")).asString(UTF_8).isEqualTo("photo");
    assertThat(files.stamp(dataset, "a.jpg").size()).isEqualTo(5);
  }

  @Test
  void saysWhyAPhotoCannotBeRead() throws IOException {
    Files.createDirectory(photos.resolve("sub"));
    Path outside = Files.writeString(place.resolve("outside.jpg"), "secret");
    Files.createSymbolicLink(photos.resolve("out.jpg"), outside);
    Files.createSymbolicLink(photos.resolve("dangling.jpg"), root.resolve("absent"));
    assertUnreadable("sub", "a folder, not a photo");
    assertUnreadable("out.jpg", "a link that leaves the allowed folders");
    assertUnreadable("absent.jpg", "the file is gone");
    assertUnreadable("dangling.jpg", "the file is gone");
  }

  /** As the place of a disk that is not mounted: then no photo is to blame. */
  @Test
  void refusesAFolderOutOfWhichAllPhotosWent() {
    assertRefused("photos", photos, () -> files.readPhoto(dataset, "a.jpg"));
    assertRefused("photos", photos, () -> files.stamp(dataset, "a.jpg"));
  }

  @Test
  void aNameThatCouldNotBeDecodedIsNamedSo() {
    String encoding = System.getProperty("sun.jnu.encoding");
    assertUnreadable(
        "caf\uFFFD.jpg", "the file name is not in " + encoding + ", this system's encoding");
  }

  @Test
  void readsOnlyWhatLiesInThePhotosFolder() {
    for (String name : List.of("", ".", "..", "../captions.txt", "/", captions.toString())) {
      assertUnreadable(name, "not the name of a file in the photos' folder");
    }
  }

  @Test
  void readsNoPhotoOverTheLimit() throws Exception {
    photo("fits.jpg", "x".repeat(MAX_PHOTO_BYTES));
    photo("large.jpg", "x".repeat(MAX_PHOTO_BYTES + 1));
    assertThat(files.readPhoto(dataset, "fits.jpg")).hasSize(MAX_PHOTO_BYTES);
    assertThat(files.stamp(dataset, "large.jpg").size()).isEqualTo(MAX_PHOTO_BYTES + 1);
    DatasetFiles unopened = withOpener(path -> new Broken());
    assertThatThrownBy(() -> unopened.readPhoto(dataset, "large.jpg"))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("larger than 10 bytes");
  }

  @Test
  void readsNoMoreThanTheLimitOfAPhotoThatGrows() throws IOException {
    photo("a.jpg", "x");
    ByteArrayInputStream grown = new ByteArrayInputStream(new byte[1000]);
    assertThatThrownBy(() -> withOpener(path -> grown).readPhoto(dataset, "a.jpg"))
        .hasMessage("larger than 10 bytes");
    assertThat(grown.available()).isEqualTo(1000 - MAX_PHOTO_BYTES - 1);
  }

  @Test
  void aPhotoThatMayNotBeReadIsQuarantined() throws IOException {
    photo("a.jpg", "x");
    FileOpener denying =
        path -> {
          throw new AccessDeniedException(path.toString());
        };
    assertThatThrownBy(() -> withOpener(denying).readPhoto(dataset, "a.jpg"))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("not readable: permission denied");
    assertThatThrownBy(() -> withOpener(path -> new Broken()).readPhoto(dataset, "a.jpg"))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("not readable: Input/output error");
  }

  @Test
  void aMissingFolderIsNoPhotosFault() throws IOException {
    photo("a.jpg", "x");
    Files.move(photos, root.resolve("moved"));
    assertRefused("photos", photos, () -> files.photoNames(dataset));
    assertRefused("photos", photos, () -> files.stamp(dataset, "a.jpg"));
    assertRefused("photos", photos, () -> files.readPhoto(dataset, "a.jpg"));
    assertRefused("photos", photos, () -> files.fingerprint(dataset));
  }

  @Test
  void theFingerprintStaysWhileNothingChanges() throws IOException {
    photo("a.jpg", "x");
    Files.createSymbolicLink(photos.resolve("dangling"), root.resolve("absent"));
    assertThat(files.fingerprint(dataset)).isEqualTo(files.fingerprint(dataset));
  }

  @Test
  void theFingerprintChangesWithEachFile() throws IOException {
    Set<ContentHash> seen = new HashSet<>();
    seen.add(files.fingerprint(dataset));
    Path photo = photo("a.jpg", "x");
    seen.add(files.fingerprint(dataset));
    Files.setLastModifiedTime(photo, FileTime.from(Instant.parse("2020-01-01T00:00:00.000001Z")));
    seen.add(files.fingerprint(dataset));
    photo("a.jpg", "xx");
    Files.setLastModifiedTime(photo, FileTime.from(Instant.parse("2020-01-01T00:00:00.000001Z")));
    seen.add(files.fingerprint(dataset));
    Files.move(photo, photos.resolve("b.jpg"));
    seen.add(files.fingerprint(dataset));
    Files.createSymbolicLink(photos.resolve("dangling"), root.resolve("absent"));
    seen.add(files.fingerprint(dataset));
    Files.writeString(captions, "a.jpg#0\tlonger than before\n");
    seen.add(files.fingerprint(dataset));
    Files.setLastModifiedTime(train, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    seen.add(files.fingerprint(dataset));
    seen.add(files.fingerprint(new Dataset("d", "flickr8k", photos, captions, Map.of())));
    seen.add(
        files.fingerprint(new Dataset("d", "flickr8k", photos, captions, Map.of("dev", train))));
    assertThat(seen).hasSize(10);
  }

  @Test
  void theLimitOfPhotosFitsAnArray() {
    for (long limit : new long[] {0, -1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> flickr8k(List.of(root), limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Long.toString(limit));
    }
  }

  private Recorded readCaptions(String text) throws IOException {
    Files.writeString(captions, text);
    Recorded read = new Recorded();
    files.readCaptions(dataset, read);
    return read;
  }

  private Path photo(String name, String content) throws IOException {
    return Files.writeString(photos.resolve(name), content);
  }

  private static DatasetFiles flickr8k(List<Path> roots, long maxPhotoBytes) {
    return DatasetFormats.files(
        new Flickr8kCaptions(), roots, maxPhotoBytes, FileOpener.OF_REAL_PATHS);
  }

  private DatasetFiles withOpener(FileOpener opener) {
    return DatasetFormats.files(new Flickr8kCaptions(), List.of(root), MAX_PHOTO_BYTES, opener);
  }

  private void assertUnreadable(String name, String reason) {
    assertThatThrownBy(() -> files.stamp(dataset, name))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> files.readPhoto(dataset, name))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage(reason);
  }

  private static void assertRefused(String field, Path value, ThrowingCallable call) {
    InvalidInputException e = catchThrowableOfType(InvalidInputException.class, call);
    assertThat(e).as("refusal of " + value).isNotNull();
    assertThat(e.field()).isEqualTo(field);
    assertThat(e.value()).isEqualTo(value);
    assertThat(e.allowed()).singleElement().asString().contains("below ");
  }

  private static RejectedInput rejected(long line, String text, String reason) {
    return new RejectedInput(
        RejectedInput.Kind.CAPTION, "captions.txt", OptionalLong.of(line), text, reason);
  }

  private static Dataset dataset(Path photos, Path captions, Path train) {
    return new Dataset("d", "flickr8k", photos, captions, Map.of("train", train));
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Input/output error");
    }
  }
}
