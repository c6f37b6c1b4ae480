package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipPhotosTest {

  private static final Instant THEN = Instant.parse("2020-02-02T02:02:02.123456Z");
  private static final int MAX_PHOTO_BYTES = 1_000;

  @TempDir Path root;
  private Path archive;
  private ZipPhotos flat;
  private ZipPhotos nested;

  @BeforeEach
  void createStores() throws IOException {
    root = root.toRealPath();
    archive = root.resolve("photos.any");
    AllowedFolders folders = new AllowedFolders(List.of(root), FileOpener.OF_REAL_PATHS);
    flat = new ZipPhotos(folders, FileOpener.OF_REAL_PATHS, false, MAX_PHOTO_BYTES);
    nested = new ZipPhotos(folders, FileOpener.OF_REAL_PATHS, true, MAX_PHOTO_BYTES);
  }

  @FunctionalInterface
  private interface Filler {
    void fill(ZipArchiveOutputStream zip) throws IOException;
  }

  private void zip(Filler filler) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      filler.fill(zip);
    }
    Files.setLastModifiedTime(archive, FileTime.from(THEN));
  }

  private static void add(ZipArchiveOutputStream zip, String name, String text) throws IOException {
    add(zip, new ZipArchiveEntry(name), text);
  }

  private static void add(ZipArchiveOutputStream zip, ZipArchiveEntry entry, String text)
      throws IOException {
    zip.putArchiveEntry(entry);
    zip.write(text.getBytes(UTF_8));
    zip.closeArchiveEntry();
  }

  /** Changes bytes wherever they stand. */
  private void replace(String from, String to) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    Files.write(
        archive, text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsPhotosOfAFormatWithAllOfItsWays() throws Exception {
    zip(
        zip -> {
          add(zip, "Flicker8k_Dataset/b.jpg", "bytes of b");
          add(zip, "Flicker8k_Dataset/a.jpg", "a");
        });
    Path captions = Files.writeString(root.resolve("captions.txt"), "a.jpg#0\tA dog .\n");
    Dataset dataset = new Dataset("d", "flickr8k", archive, captions, Map.of());
    DatasetFiles files = DatasetFormats.all(List.of(root), MAX_PHOTO_BYTES).get(0);

    files.check(dataset);
    assertThat(files.photoNames(dataset)).containsExactly("a.jpg", "b.jpg");
    assertThat(files.readPhoto(dataset, "b.jpg")).asString(UTF_8).isEqualTo("bytes of b");
    assertThat(files.stamp(dataset, "b.jpg")).isEqualTo(new FileStamp(10, THEN));
    var before = files.fingerprint(dataset);
    Files.setLastModifiedTime(archive, FileTime.from(THEN.plusSeconds(1)));
    assertThat(files.fingerprint(dataset)).isNotEqualTo(before);
  }

  @Test
  void readsStoredAndDeflatedMembers() throws Exception {
    String long_ = "photo".repeat(190);
    zip(
        zip -> {
          add(zip, "deflated.jpg", long_);
          zip.setMethod(ZipArchiveOutputStream.STORED);
          ZipArchiveEntry stored = new ZipArchiveEntry("stored.jpg");
          stored.setSize(long_.length());
          java.util.zip.CRC32 crc = new java.util.zip.CRC32();
          crc.update(long_.getBytes(UTF_8));
          stored.setCrc(crc.getValue());
          add(zip, stored, long_);
        });

    assertThat(flat.read(archive, "deflated.jpg")).asString(UTF_8).isEqualTo(long_);
    assertThat(flat.read(archive, "stored.jpg")).asString(UTF_8).isEqualTo(long_);
  }

  @Test
  void readsZip64AndNamesBeyondAscii() throws Exception {
    zip(
        zip -> {
          zip.setUseZip64(Zip64Mode.Always);
          add(zip, "\uFF5E.jpg", "one");
          add(zip, "\uD83D\uDE00.jpg", "two");
        });

    assertThat(flat.names(archive)).containsExactly("\uFF5E.jpg", "\uD83D\uDE00.jpg");
    assertThat(flat.read(archive, "\uD83D\uDE00.jpg")).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void keepsFoldersOnlyInNestedFormats() throws Exception {
    zip(
        zip -> {
          zip.putArchiveEntry(new ZipArchiveEntry("set/"));
          zip.closeArchiveEntry();
          add(zip, "./set/a/1.jpg", "1");
          add(zip, "set/2.jpg", "2");
        });

    assertThat(nested.names(archive)).containsExactly("set/2.jpg", "set/a/1.jpg");
    assertThat(nested.read(archive, "set/a/1.jpg")).asString(UTF_8).isEqualTo("1");
    assertThat(flat.names(archive)).containsExactly("2.jpg", "set/a/1.jpg");
    assertUnreadable("set/a/1.jpg", "lies in a folder, but photos of this format lie side by side");
  }

  @Test
  void namesWhatMacosAddsOnce() throws IOException {
    zip(
        zip -> {
          add(zip, "photos/a.jpg", "");
          add(zip, "__MACOSX/photos/._a.jpg", "");
          add(zip, "__MACOSX/._photos", "");
        });

    assertThat(flat.names(archive)).containsExactly("__MACOSX", "a.jpg");
    assertUnreadable("__MACOSX", "2 files that macOS adds to archives, none of them a photo");
  }

  @Test
  void putsBadMembersAsideByNameAndKeepsTheOthers() throws Exception {
    zip(
        zip -> {
          for (String name :
              List.of("../up.jpg", "/root.jpg", "C:x.jpg", "a//b.jpg", "ok.jpg", "twice.jpg")) {
            add(zip, name, "x");
          }
          add(zip, "twice.jpg", "y");
          add(zip, "x".repeat(1_025), "");
          add(zip, "back_slash.jpg", "");
          ZipArchiveEntry link = new ZipArchiveEntry("link.jpg");
          link.setUnixMode(UnixStat.LINK_FLAG | 0777);
          add(zip, link, "ok.jpg");
        });
    replace("back_slash", "back\\slash");

    String cut = "x".repeat(200) + "…";
    assertThat(flat.names(archive))
        .containsExactly(
            "../up.jpg",
            "/root.jpg",
            "C:x.jpg",
            "a//b.jpg",
            "back\\slash.jpg",
            "link.jpg",
            "ok.jpg",
            "twice.jpg",
            cut);
    assertThat(flat.read(archive, "ok.jpg")).asString(UTF_8).isEqualTo("x");
    assertUnreadable("../up.jpg", "its name holds an empty segment, . or ..");
    assertUnreadable("/root.jpg", "its name is an absolute path");
    assertUnreadable("C:x.jpg", "its name is an absolute path");
    assertUnreadable("a//b.jpg", "its name holds an empty segment, . or ..");
    assertUnreadable("back\\slash.jpg", "its name holds a backslash");
    assertUnreadable("twice.jpg", "the archive holds several files of this name");
    assertUnreadable("link.jpg", "a symbolic link, not a photo");
    assertUnreadable(cut, "its name is longer than 1024 bytes");
    assertUnreadable("absent.jpg", "the archive has no file of this name");
  }

  @Test
  void putsEncryptedAndForeignCompressionAside() throws IOException {
    zip(
        zip -> {
          add(zip, "encrypted.jpg", "x");
          add(zip, "method.jpg", "x");
        });
    inDirectory("encrypted.jpg", 8, 1);
    inDirectory("method.jpg", 10, 12);

    assertUnreadable("encrypted.jpg", "encrypted");
    assertUnreadable("method.jpg", "compressed by method 12; allowed: 0 and 8 (deflate)");
  }

  @Test
  void unpacksNoMoreThanIsDeclaredAndAllowed() throws Exception {
    zip(
        zip -> {
          add(zip, "bomb.jpg", "\0".repeat(5_000_000));
          add(zip, "large.jpg", "\0".repeat(MAX_PHOTO_BYTES + 1));
          add(zip, "fits.jpg", "\0".repeat(MAX_PHOTO_BYTES));
        });
    inDirectory("bomb.jpg", 24, 10);
    inDirectory("bomb.jpg", 25, 0);
    inDirectory("bomb.jpg", 26, 0);

    assertThat(flat.read(archive, "fits.jpg")).hasSize(MAX_PHOTO_BYTES);
    assertThatThrownBy(() -> flat.read(archive, "large.jpg")).hasMessage("larger than 1000 bytes");
    assertThatThrownBy(() -> flat.read(archive, "bomb.jpg"))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("it unpacks to more than the 10 bytes that the archive declares");
  }

  @Test
  void tellsDamageByTheChecksum() throws Exception {
    zip(
        zip -> {
          add(zip, "a.jpg", "0123456789");
          add(zip, "b.jpg", "x");
        });
    inDirectory("a.jpg", 16, 0);
    inDirectory("b.jpg", 42, 1);

    assertThatThrownBy(() -> flat.read(archive, "a.jpg"))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("not readable: it is not what the archive's checksum says");
    assertThatThrownBy(() -> flat.read(archive, "b.jpg"))
        .hasMessage("not readable: the archive is damaged where it stands");
  }

  @Test
  void refusesATruncatedArchiveAndWhatIsNone() throws IOException {
    zip(zip -> add(zip, "a.jpg", "0123456789".repeat(20)));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length - 30));
    assertRefused("a zip archive that is whole");
    Files.writeString(archive, "a.jpg#0\tA dog .\n");
    assertRefused("a folder or a zip archive");
    Files.writeString(archive, "");
    assertRefused("a folder or a zip archive");
    Files.delete(archive);
    assertRefused("a file that exists");
  }

  @Test
  void seesAnArchiveThatWasChanged() throws Exception {
    zip(zip -> add(zip, "a.jpg", "old"));
    assertThat(flat.read(archive, "a.jpg")).asString(UTF_8).isEqualTo("old");
    zip(zip -> add(zip, "a.jpg", "newer"));
    assertThat(flat.read(archive, "a.jpg")).asString(UTF_8).isEqualTo("newer");
  }

  @Test
  void anEmptyArchiveHasNoPhotos() throws IOException {
    zip(zip -> {});
    assertThat(flat.names(archive)).isEmpty();
  }

  /** Sets a byte of a member's entry in the archive's directory. */
  private void inDirectory(String name, int at, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    bytes[text.lastIndexOf(name) - 46 + at] = (byte) value;
    Files.write(archive, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    Files.setLastModifiedTime(archive, FileTime.from(THEN));
  }

  private void assertUnreadable(String name, String reason) {
    assertThatThrownBy(() -> flat.stamp(archive, name))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> flat.read(archive, name)).hasMessage(reason);
  }

  private void assertRefused(String allowed) {
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> flat.check(archive));
    assertThat(e.field()).isEqualTo("photos");
    assertThat(e.value()).isEqualTo(archive);
    assertThat(e.allowed())
        .singleElement()
        .asString()
        .startsWith(allowed)
        .endsWith("below " + root);
  }
}
