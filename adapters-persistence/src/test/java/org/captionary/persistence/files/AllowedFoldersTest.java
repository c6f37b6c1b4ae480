package org.captionary.persistence.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedFoldersTest {

  @TempDir Path place;
  private Path root;
  private Path inside;
  private Path outside;

  @BeforeEach
  void createFiles() throws IOException {
    root = Files.createDirectory(place.resolve("root"));
    inside = Files.writeString(root.resolve("file"), "inside");
    // The name of the second folder begins with that of the root.
    outside = Files.writeString(Files.createDirectory(place.resolve("root2")).resolve("file"), "");
  }

  @Test
  void allowsWhatLiesBelowARoot() throws IOException {
    assertThat(allowed(root).file("captions", inside)).isEqualTo(inside.toRealPath());
    assertThat(allowed(root).folder("photos", root)).isEqualTo(root.toRealPath());
    assertThat(allowed(place.resolve("absent"), root).file("captions", inside)).isNotNull();
  }

  @Test
  void refusesWhatLiesOutsideAndTellsTheRoots() {
    InvalidInputException e = refusal(outside, root);
    assertThat(e.field()).isEqualTo("captions");
    assertThat(e.value()).isEqualTo(outside);
    assertThat(e.allowed()).containsExactly("a path that stays, links followed, below " + root);
  }

  @Test
  void aRootIsNoPrefixOfLetters() {
    assertThat(outside.toString()).startsWith(root.toString());
    assertThat(expected(outside, root)).startsWith("a path that stays");
  }

  @Test
  void refusesToClimbOut() {
    Path climbing = root.resolve("../root2/file");
    assertThat(expected(climbing, root)).startsWith("a path that stays");
    assertThat(expected(root.resolve(".."), root)).startsWith("a path that stays");
  }

  @Test
  void allowsToClimbWithinARoot() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    assertThat(allowed(root).file("captions", root.resolve("sub/../file")))
        .isEqualTo(inside.toRealPath());
  }

  /** By letters, {@code root/link/../file} is {@code root/file}; to the system it is not. */
  @Test
  void climbsAsTheFileSystemDoes() throws IOException {
    Path deep = Files.createDirectories(place.resolve("root2/deep"));
    Files.createSymbolicLink(root.resolve("link"), deep);
    assertThat(expected(root.resolve("link/../file"), root)).startsWith("a path that stays");
  }

  @Test
  void refusesALinkThatLeadsOut() throws IOException {
    Path file = Files.createSymbolicLink(root.resolve("out"), outside);
    Path folder = Files.createSymbolicLink(root.resolve("outFolder"), outside.getParent());
    assertThat(expected(file, root)).startsWith("a path that stays");
    assertThat(expected(folder.resolve("file"), root)).startsWith("a path that stays");
  }

  @Test
  void allowsALinkThatStays() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), inside);
    assertThat(allowed(root).file("captions", link)).isEqualTo(inside.toRealPath());
  }

  @Test
  void aRootMayBeALinkItself() throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("alias"), root);
    assertThat(allowed(link).file("captions", link.resolve("file"))).isEqualTo(inside.toRealPath());
    assertThat(allowed(link).file("captions", inside)).isEqualTo(inside.toRealPath());
    assertThat(expected(link.resolve("../root2/file"), link)).startsWith("a path that stays");
  }

  @Test
  void sayWhatIsMissingBelowARootOnly() {
    assertThat(expected(root.resolve("absent"), root))
        .isEqualTo("a file that exists below " + root);
    assertThat(expected(place.resolve("root2/absent"), root)).startsWith("a path that stays");
  }

  @Test
  void refusesRelativeAndMissingPaths() {
    assertThat(expected(Path.of("file"), root)).isEqualTo("an absolute path below " + root);
    assertThat(expected(null, root)).isEqualTo("an absolute path below " + root);
  }

  @Test
  void tellsFilesFromFolders() {
    assertThat(expected(root, root)).isEqualTo("a regular file below " + root);
    assertThatThrownBy(() -> allowed(root).folder("photos", inside))
        .hasMessage("photos: " + inside + " is not allowed; allowed: a folder below " + root);
  }

  @Test
  void refusesALoopOfLinks() throws IOException {
    Path loop = Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    assertThat(expected(loop, root)).startsWith("a file that can be read without an error");
  }

  @Test
  void refusesAFileThatMayNotBeRead() {
    AllowedFolders folders =
        new AllowedFolders(
            List.of(root),
            path -> {
              throw new AccessDeniedException(path.toString());
            });
    assertThatThrownBy(() -> folders.file("captions", inside))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a file that Captionary has the permission to read below " + root);
  }

  @Test
  void withoutRootsNamesTheSetting() {
    assertThat(expected(inside)).contains("CAPTIONARY_DATASET_ROOTS", "captionary.dataset-roots");
  }

  @Test
  void aRootIsAbsolute() {
    assertThatThrownBy(() -> allowed(Path.of("data")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captionary.dataset-roots: data is not allowed");
  }

  private static String expected(Path path, Path... roots) {
    return String.join(", ", refusal(path, roots).allowed());
  }

  private static InvalidInputException refusal(Path path, Path... roots) {
    return catchThrowableOfType(
        InvalidInputException.class, () -> allowed(roots).file("captions", path));
  }

  private static AllowedFolders allowed(Path... roots) {
    return new AllowedFolders(List.of(roots), FileOpener.OF_REAL_PATHS);
  }
}
