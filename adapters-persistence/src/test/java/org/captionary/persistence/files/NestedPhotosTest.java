package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedPhotosTest {

  @TempDir Path place;
  private Path root;
  private Path photos;
  private Dataset dataset;
  private DatasetFiles files;

  @BeforeEach
  void createDataset() throws IOException {
    place = place.toRealPath();
    root = Files.createDirectory(place.resolve("root"));
    photos = Files.createDirectory(root.resolve("photos"));
    Path captions = write(photos, "metadata.jsonl", "{}");
    Path train = write(root, "train.txt", "");
    dataset = new Dataset("d", "flickr8k", photos, captions, Map.of("train", train));
    FileOpener opener = FileOpener.OF_REAL_PATHS;
    AllowedFolders folders = new AllowedFolders(List.of(root), opener);
    PhotoFolder store = new PhotoFolder(folders, opener, new Nested(folders), 1_000);
    files = new FormattedFiles(new Flickr8kCaptions(), folders, opener, store);
  }

  @Test
  void namesPhotosByPathInTheOrderOfCodePoints() throws Exception {
    write(photos, "b/c/1.jpg", "deep");
    write(photos, "b.jpg", "");
    write(photos, "b/2.jpg", "");
    write(photos, "\uFF5E/1.jpg", "");
    write(photos, "\uD83D\uDE00/1.jpg", "");

    assertThat(files.photoNames(dataset))
        .containsExactly("b.jpg", "b/2.jpg", "b/c/1.jpg", "\uFF5E/1.jpg", "\uD83D\uDE00/1.jpg");
    assertThat(files.readPhoto(dataset, "b/c/1.jpg")).isEqualTo("deep".getBytes(UTF_8));
    assertThat(files.stamp(dataset, "b/c/1.jpg").size()).isEqualTo(4);
  }

  @Test
  void takesOnlyItsOwnTextFilesForNoPhotos() throws IOException {
    write(photos, "a/metadata.jsonl", "");
    write(photos, "a.txt", "");

    assertThat(files.photoNames(dataset)).containsExactly("a.txt", "a/metadata.jsonl");
  }

  @Test
  void followsLinksToFoldersThatStay() throws Exception {
    write(root, "elsewhere/1.jpg", "linked");
    Files.createSymbolicLink(photos.resolve("link"), root.resolve("elsewhere"));

    assertThat(files.photoNames(dataset)).containsExactly("link/1.jpg");
    assertThat(files.readPhoto(dataset, "link/1.jpg")).isEqualTo("linked".getBytes(UTF_8));
  }

  @Test
  void namesLinksThatLeaveAndReadsNothingBehindThem() throws IOException {
    write(place, "outside/secret.jpg", "secret");
    Files.createDirectory(photos.resolve("a"));
    Files.createSymbolicLink(photos.resolve("a/folder"), place.resolve("outside"));
    Files.createSymbolicLink(photos.resolve("a/file.jpg"), place.resolve("outside/secret.jpg"));

    assertThat(files.photoNames(dataset)).containsExactly("a/file.jpg", "a/folder");
    assertUnreadable("a/folder", "a link that leaves the allowed folders");
    assertUnreadable("a/file.jpg", "a link that leaves the allowed folders");
    assertUnreadable("a/folder/secret.jpg", "a link that leaves the allowed folders");
  }

  @Test
  void namesALinkToAFolderThatHoldsIt() throws IOException {
    write(photos, "a/b/1.jpg", "");
    Files.createSymbolicLink(photos.resolve("a/b/up"), photos.resolve("a"));
    Files.createSymbolicLink(photos.resolve("a/self"), photos.resolve("a/self"));

    assertThat(files.photoNames(dataset)).containsExactly("a/b/1.jpg", "a/b/up", "a/self");
    assertUnreadable("a/b/up", "a link to a folder that holds it");
  }

  @Test
  void refusesAFolderBelowThatCannotBeRead() {
    Nested.Walk walk =
        new Nested(new AllowedFolders(List.of(root), FileOpener.OF_REAL_PATHS)).new Walk(photos);
    Path below = photos.resolve("below");
    assertThatThrownBy(() -> walk.postVisitDirectory(below, new IOException("Input/output error")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "photos: %s is not allowed; allowed: a folder that can be read without an error"
                    .formatted(below)
                + " (Input/output error) below "
                + root);
    assertThatThrownBy(
            () -> {
              Files.createDirectory(below);
              walk.visitFileFailed(below, new AccessDeniedException(below.toString()));
            })
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a folder that Captionary has the permission to read");
  }

  @Test
  void readsOnlyWhatLiesBelow() throws IOException {
    write(root, "x.jpg", "");
    for (String name : List.of("", ".", "../x.jpg", "a/../../x.jpg", "/x.jpg", "./x.jpg")) {
      assertUnreadable(name, "not the name of a file in the photos' folder");
    }
  }

  @Test
  void changesItsFingerprintWithAPhotoBelow() throws IOException {
    var before = files.fingerprint(dataset);
    write(photos, "a/1.jpg", "");
    assertThat(files.fingerprint(dataset)).isNotEqualTo(before);
  }

  private void assertUnreadable(String name, String reason) {
    assertThatThrownBy(() -> files.stamp(dataset, name))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> files.readPhoto(dataset, name)).hasMessage(reason);
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
