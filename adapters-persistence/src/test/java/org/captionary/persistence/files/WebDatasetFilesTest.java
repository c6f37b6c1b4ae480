package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
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

class WebDatasetFilesTest {

  private static final Instant THEN = Instant.parse("2020-02-02T02:02:02.123456Z");
  private static final int MAX_PHOTO_BYTES = 1_000;

  @TempDir Path place;
  private Path root;
  private Path shards;
  private DatasetFiles files;

  @BeforeEach
  void createFolder() throws IOException {
    root = Files.createDirectory(place.toRealPath().resolve("root"));
    shards = Files.createDirectory(root.resolve("shards"));
    files = files(FileOpener.OF_REAL_PATHS);
  }

  private DatasetFiles files(FileOpener opener) {
    return DatasetFormats.webDataset(List.of(root), MAX_PHOTO_BYTES, opener);
  }

  private static Dataset dataset(Path photos) {
    return new Dataset("d", "webdataset", photos, Optional.empty(), new TreeMap<>());
  }

  private Dataset dataset() {
    return dataset(shards);
  }

  @FunctionalInterface
  private interface Filler {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private Path tar(String name, Filler filler) throws IOException {
    Path file = shards.resolve(name);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
      filler.fill(tar);
    }
    Files.setLastModifiedTime(file, FileTime.from(THEN));
    return file;
  }

  /** Members by pairs of name and text. */
  private Path tar(String name, String... members) throws IOException {
    return tar(
        name,
        tar -> {
          for (int i = 0; i < members.length; i += 2) {
            add(tar, members[i], members[i + 1]);
          }
        });
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private Recorded captions() {
    Recorded recorded = new Recorded();
    files.readCaptions(dataset(), recorded);
    return recorded;
  }

  private String photo(String name) throws UnreadablePhotoException {
    return new String(files.readPhoto(dataset(), name), UTF_8);
  }

  @Test
  void readsSamplesInTheOrderOfShardsAndMembers() throws Exception {
    tar("b.tar", "z.jpg", "bytes of z", "z.txt", "last");
    tar("a.tar", "y/2.png", "2", "y/2.txt", "second\nmore\n", "1.txt", "first", "1.JPEG", "1");
    Files.writeString(shards.resolve("notes.txt"), "no shard");

    files.check(dataset());
    assertThat(captions().rows).containsExactly("y/2|second", "y/2|more", "1|first", "z|last");
    assertThat(files.photoNames(dataset())).containsExactly("1.JPEG", "y/2.png", "z.jpg");
    assertThat(photo("z.jpg")).isEqualTo("bytes of z");
    assertThat(photo("y/2.png")).isEqualTo("2");
    assertThat(files.stamp(dataset(), "z.jpg")).isEqualTo(new FileStamp(10, THEN));
    assertUnreadable("absent.jpg", "the shards have no photo of this name");
  }

  @Test
  void takesAFileAFolderOrAPattern() throws IOException {
    for (String shard : List.of("s-00.tar", "s-01.tar", "s-02.tar", "t.tar")) {
      tar(shard, shard.charAt(3) + ".jpg", "");
    }
    assertThat(names("s-01.tar")).containsExactly("1.jpg");
    assertThat(names("s-*.tar")).containsExactly("0.jpg", "1.jpg", "2.jpg");
    assertThat(names("s-{01..02}.tar")).containsExactly("1.jpg", "2.jpg");
    assertThat(names("{s-00,s-02}.tar")).containsExactly("0.jpg", "2.jpg");
    assertThat(files.photoNames(dataset())).hasSize(4);
    assertRefused(shards.resolve("s-{01..03}.tar"), "a file that exists");
    assertRefused(shards.resolve("x*.tar"), "a pattern for files that are there (not x*.tar)");
    assertRefused(shards.resolve("s-{02..01}.tar"), "a file, a folder, or a pattern (ranges");
    assertRefused(shards.resolve("s-{0..999999999}.tar"), "a file, a folder, or a pattern (ranges");
    assertRefused(shards.resolve("x.tar"), "a file that exists");
    assertRefused(place.resolve("*.tar"), "a path that stays");
  }

  private List<String> names(String pattern) {
    Dataset dataset = dataset(shards.resolve(pattern));
    files.check(dataset);
    return files.photoNames(dataset);
  }

  @Test
  void isTheFormatOfShardsWithoutCaptions() throws IOException {
    Path captions = Files.writeString(root.resolve("c.txt"), "");
    assertThat(files.recognises(dataset())).isFalse();
    Path shard = tar("a.tar", "a.jpg", "");
    assertThat(files.recognises(dataset())).isTrue();
    assertThat(files.recognises(dataset(shard))).isTrue();
    assertThat(files.recognises(dataset(shards.resolve("*.tar")))).isTrue();
    assertThat(files.recognises(dataset(captions))).isFalse();
    Dataset other = new Dataset("d", "webdataset", shards, captions, Map.of());
    assertThat(files.recognises(other)).isFalse();
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> files.check(other));
    assertThat(e.field()).isEqualTo("captions");
  }

  @Test
  void readsCaptionsOfJson() throws IOException {
    tar(
        "a.tar",
        "1.json",
        "{\"captions\": [\"one\", 2, \"t\\u00fcr\"], \"text\": \"x\"}",
        "2.json",
        "{\"caption\": null, \"text\": \"t\\nwo\"}",
        "3.json",
        "{\"caption\": \"three\", \"split\": \"train\"}",
        "4.caption",
        "four",
        "5.json",
        "{\"url\": \"x\"}",
        "6.json",
        "{\"caption\": ",
        "7.json",
        "[\"x\"]",
        "8.json",
        "{\"text\": \"\\ud800\"}",
        "9.json",
        "{\"text\": \"nine\", \"split\": \"Train\"}");
    Recorded read = captions();

    assertThat(read.rows)
        .containsExactly(
            "1|one",
            "1|t\u00fcr",
            "2|t wo",
            "3|three",
            "3|train|a.tar/3.json|1|train",
            "4|four",
            "9|nine");
    assertThat(read.rejected)
        .extracting(row -> row.kind() + " " + row.source() + " " + row.reason())
        .satisfiesExactly(
            row -> assertThat(row).isEqualTo("CAPTION a.tar/1.json captions holds what is no text"),
            row ->
                assertThat(row)
                    .isEqualTo("CAPTION a.tar/5.json the JSON has none of captions, caption, text"),
            row -> assertThat(row).startsWith("CAPTION a.tar/6.json broken JSON: "),
            row -> assertThat(row).isEqualTo("CAPTION a.tar/7.json the JSON is no object"),
            row ->
                assertThat(row)
                    .isEqualTo(
                        "CAPTION a.tar/8.json the caption holds a NUL character or half a"
                            + " character"),
            row -> assertThat(row).startsWith("SPLIT a.tar/9.json no split's name"));
    assertThat(files.splits(dataset())).containsExactly(new Split("train"));
  }

  @Test
  void takesOneMemberOfASampleForItsCaptions() throws IOException {
    tar("a.tar", "1.json", "{\"caption\": \"a dog\"}", "1.jpg", "", "1.txt", "a dog", "1.npy", "");
    assertThat(captions().rows).containsExactly("1|a dog");
    assertThat(captions().rejected).isEmpty();
  }

  @Test
  void rejectsLinesThatAreNoCaptions() throws IOException {
    tar("a.tar", "1.txt", "\uFEFFone\r\n\ntwo\0", "2.txt", "");
    Recorded read = captions();
    assertThat(read.rows).containsExactly("1|one");
    assertThat(read.rejected)
        .extracting(row -> row.source() + ":" + row.line().getAsLong() + " " + row.reason())
        .containsExactly(
            "a.tar/1.txt:2 the row is blank",
            "a.tar/1.txt:3 the row holds a NUL character",
            "a.tar/2.txt:1 it holds no caption");
  }

  @Test
  void takesTheFirstPlaceOfAKey() throws Exception {
    tar("a.tar", "1.jpg", "first", "2.jpg", "", "1.txt", "late");
    tar("b.tar", "2.txt", "other shard", "2.jpg", "x", "3.txt", "no photo", "4.jpg", "no caption");
    Recorded read = captions();

    assertThat(read.rows).containsExactly("3|no photo");
    assertThat(read.rejected)
        .extracting(RejectedInput::source)
        .containsExactly("a.tar/1.txt", "b.tar/2.txt");
    assertThat(read.reasons()).containsOnly("other members of its key stand elsewhere before");
    assertThat(files.photoNames(dataset()))
        .containsExactly("1.jpg", "2.jpg", "4.jpg", "b.tar/2.jpg");
    assertThat(photo("1.jpg")).isEqualTo("first");
    assertUnreadable("b.tar/2.jpg", "other members of its key stand elsewhere before");
  }

  @Test
  void putsMembersAsideThatAreNoFiles() throws Exception {
    tar(
        "a.tar",
        tar -> {
          for (String name : List.of("../1.jpg", "/2.jpg", "3\\3.jpg", "ok.jpg", "./dot.jpg")) {
            add(tar, name, name);
          }
          add(tar, "ok.jpg", "twice");
          add(tar, "../1.txt", "x");
          TarArchiveEntry link = new TarArchiveEntry("link.jpg", TarConstants.LF_SYMLINK);
          link.setLinkName("/etc/passwd");
          tar.putArchiveEntry(link);
          tar.closeArchiveEntry();
          TarArchiveEntry hard = new TarArchiveEntry("hard.txt", TarConstants.LF_LINK);
          hard.setLinkName("ok.jpg");
          tar.putArchiveEntry(hard);
          tar.closeArchiveEntry();
          tar.putArchiveEntry(new TarArchiveEntry("pipe.jpg", TarConstants.LF_FIFO));
          tar.closeArchiveEntry();
          tar.putArchiveEntry(new TarArchiveEntry("folder.jpg/"));
          tar.closeArchiveEntry();
        });

    assertThat(files.photoNames(dataset()))
        .containsExactly(
            "a.tar/../1.jpg",
            "a.tar//2.jpg",
            "a.tar/3\\3.jpg",
            "a.tar/link.jpg",
            "a.tar/ok.jpg",
            "a.tar/pipe.jpg",
            "dot.jpg",
            "ok.jpg");
    assertThat(photo("dot.jpg")).isEqualTo("./dot.jpg");
    assertUnreadable("a.tar/../1.jpg", "its name holds an empty segment, . or ..");
    assertUnreadable("a.tar//2.jpg", "its name is an absolute path");
    assertUnreadable("a.tar/3\\3.jpg", "its name holds a backslash");
    assertUnreadable("a.tar/link.jpg", "a link, not a file");
    assertUnreadable("a.tar/pipe.jpg", "a device or pipe, not a file");
    assertThat(captions().rejected)
        .extracting(row -> row.source() + " " + row.reason())
        .containsExactly(
            "a.tar/../1.txt its name holds an empty segment, . or ..",
            "a.tar/hard.txt a link, not a file");
  }

  @Test
  void namesTheSecondMemberOfAName() throws Exception {
    tar("a.tar", "1.jpg", "first", "1.jpg", "second", "1.txt", "x");
    assertThat(files.photoNames(dataset())).containsExactly("1.jpg", "a.tar/1.jpg");
    assertThat(photo("1.jpg")).isEqualTo("first");
    assertUnreadable("a.tar/1.jpg", "its name comes twice");
  }

  @Test
  void readsLongNamesOfEitherForm() throws Exception {
    String folder = "n".repeat(120) + "/";
    for (int mode :
        List.of(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX)) {
      tar(
          mode + ".tar",
          tar -> {
            tar.setLongFileMode(mode);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            add(tar, folder + mode + "t\u00fcr.jpg", "photo " + mode);
            add(tar, folder + mode + "t\u00fcr.txt", "text");
          });
      assertThat(photo(folder + mode + "t\u00fcr.jpg")).isEqualTo("photo " + mode);
    }
    assertThat(captions().rows).hasSize(2);
    assertThat(captions().rejected).isEmpty();
  }

  @Test
  void keepsWhatStandsBeforeTheEndOfATruncatedShard() throws Exception {
    Path shard = tar("a.tar", "1.jpg", "first", "1.txt", "one", "2.jpg", "x".repeat(600));
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, 5 * 512 + 100));
    assertThat(files.photoNames(dataset())).containsExactly("1.jpg", "a.tar/2.jpg");
    assertUnreadable("a.tar/2.jpg", "cut off: its shard ends before it");

    Files.write(shard, Arrays.copyOf(whole, 4 * 512 + 100));
    assertThat(files.photoNames(dataset())).containsExactly("1.jpg", "a.tar");
    assertUnreadable("a.tar", "cut off within a block, in which there may have been a header");
  }

  @Test
  void keepsWhatStandsBeforeADamagedHeader() throws Exception {
    Path shard = tar("a.tar", "1.jpg", "first", "1.txt", "one", "2.jpg", "second");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[4 * 512] ^= 1;
    Files.write(shard, bytes);
    assertThat(files.photoNames(dataset())).containsExactly("1.jpg", "a.tar");
    assertUnreadable("a.tar", "damaged behind byte 1539: the checksum of a header is wrong");
    assertThat(captions().rows).containsExactly("1|one");
  }

  @Test
  void refusesWhatIsNoTar() throws IOException {
    assertRefused(shards, "a folder that holds shards (.tar)");
    Path text = Files.writeString(shards.resolve("a.tar"), "no tar".repeat(1_000));
    assertRefused(shards, "tar archives (a.tar is none: ");
    Files.writeString(text, "");
    assertRefused(shards, "tar archives (a.tar is none: it is empty)");
    Files.delete(text);
    Path compressed = Files.writeString(shards.resolve("a.tar.gz"), "");
    assertRefused(shards, "shards that are not compressed (.tar, not .tar.gz)");
    assertRefused(compressed, "a shard that is not compressed (.tar, not .tar.gz)");
  }

  @Test
  void aDiskThatFailsIsNoShardsFault() throws IOException {
    Path shard = tar("a.tar", "1.jpg", "first", "2.jpg", "second");
    byte[] head = Arrays.copyOf(Files.readAllBytes(shard), 1_500);
    DatasetFiles failing =
        files(real -> new SequenceInputStream(new ByteArrayInputStream(head), new Broken()));
    assertThatThrownBy(() -> failing.photoNames(dataset()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Input/output error");
  }

  @Test
  void aSinksOwnFailureIsPassedOn() throws IOException {
    tar("a.tar", "1.txt", "x", "2.txt", "y");
    Recorded full =
        new Recorded() {
          @Override
          public void caption(PhotoId photo, OptionalInt number, String text) {
            throw new IllegalArgumentException("full");
          }
        };
    assertThatThrownBy(() -> files.readCaptions(dataset(), full)).hasMessage("full");
  }

  @Test
  void readsNoPhotoOverTheLimit() throws IOException {
    tar("a.tar", "1.jpg", "x".repeat(MAX_PHOTO_BYTES), "2.jpg", "x".repeat(MAX_PHOTO_BYTES + 1));
    assertThatThrownBy(() -> photo("2.jpg")).hasMessage("larger than 1000 bytes");
  }

  @Test
  void makesAnIndexOnceForAVersionOfTheShards() throws Exception {
    tar("a.tar", "1.jpg", "old", "1.txt", "x");
    tar("b.tar", "2.jpg", "two");
    int[] reads = {0};
    files = files(real -> new Counting(FileOpener.OF_REAL_PATHS.open(real), reads));
    files.photoNames(dataset());
    int before = reads[0];
    files.stamp(dataset(), "1.jpg");
    files.photoNames(dataset());
    assertThat(before).isPositive();
    assertThat(reads[0]).isEqualTo(before);

    var fingerprint = files.fingerprint(dataset());
    var captions = files.readCaptions(dataset(), new Recorded());
    tar("a.tar", "0.jpg", "", "1.jpg", "newer", "1.txt", "y", "3.jpg", "");
    Files.setLastModifiedTime(shards.resolve("a.tar"), FileTime.from(THEN.plusSeconds(1)));
    assertThat(photo("1.jpg")).isEqualTo("newer");
    assertThat(files.fingerprint(dataset())).isNotEqualTo(fingerprint);
    assertThat(files.readCaptions(dataset(), new Recorded())).isNotEqualTo(captions);
  }

  @Test
  void readsListsOfSplits() throws IOException {
    tar("a.tar", "1.jpg", "");
    Path train = Files.writeString(root.resolve("train.txt"), "1.jpg\n");
    TreeMap<String, Path> lists = new TreeMap<>(Map.of("train", train));
    Dataset dataset = new Dataset("d", "webdataset", shards, Optional.empty(), lists);
    Recorded read = new Recorded();
    files.readSplit(dataset, new Split("train"), read);
    assertThat(read.rows).containsExactly("1|1|1.jpg");
    var before = files.fingerprint(dataset);
    Files.writeString(train, "");
    assertThat(files.fingerprint(dataset)).isNotEqualTo(before);
    Files.delete(train);
    assertThatThrownBy(() -> files.check(dataset)).hasMessageStartingWith("splits.train: ");
  }

  private void assertUnreadable(String name, String reason) {
    ThrowingCallable stamp = () -> files.stamp(dataset(), name);
    assertThatThrownBy(stamp).isInstanceOf(UnreadablePhotoException.class).hasMessage(reason);
    assertThatThrownBy(() -> files.readPhoto(dataset(), name)).hasMessage(reason);
  }

  private void assertRefused(Path photos, String allowed) {
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> files.check(dataset(photos)));
    assertThat(e).as("refusal of " + photos).isNotNull();
    assertThat(e.field()).isEqualTo("photos");
    assertThat(e.allowed()).singleElement().asString().startsWith(allowed);
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Input/output error");
    }
  }

  private static final class Counting extends FilterInputStream {

    private final int[] reads;

    Counting(InputStream in, int[] reads) {
      super(in);
      this.reads = reads;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      reads[0]++;
      return super.read(bytes, offset, length);
    }
  }
}
