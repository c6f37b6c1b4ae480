package org.captionary.app.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDatasetTest {

  private static final String NAME = "[1-5][0-9]{9}_[0-9a-f]{10}\\.jpg";

  @TempDir Path temp;

  @Test
  void sameParametersGiveTheSameBytes() throws IOException {
    assertThat(written("a", small(9, 5)).contents())
        .isEqualTo(written("b", small(9, 5)).contents());
  }

  /** Made on another day, in another process: what was published once must come again. */
  @Test
  void theDefaultSampleIsTheOneItAlwaysWas() throws Exception {
    String rows = String.join("\n", written("default", defaults(60)).captionRows());
    assertThat(sha256(rows.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("27ca18e0ffea53ac5a7478568d4aed86b15e3dd8d7c9e5329d72ae79a660a0de");
    int[] pixels = ScenePainter.paint(defaults(1).photo(0).scene(), new SplitMix64(7));
    StringBuilder drawn = new StringBuilder();
    IntStream.of(pixels).forEach(pixel -> drawn.append(pixel).append(' '));
    assertThat(sha256(drawn.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("fd44856c6784160ee3a98db163ca04194719aa8bbef9aa15ec3c30f9497c81ee");
  }

  @Test
  void anotherSeedGivesOtherPhotosAndCaptions() throws IOException {
    SampleFiles one = written("a", small(9, 5));
    SampleFiles other = written("b", small(9, 6));
    assertThat(other.photoNames()).doesNotContainAnyElementsOf(one.photoNames());
    assertThat(captions(other)).isNotEqualTo(captions(one));
  }

  @Test
  void aPhotoDoesNotDependOnHowManyThereAre() throws IOException {
    SampleFiles few = written("few", small(5, 3));
    SampleFiles many = written("many", small(17, 3));
    assertThat(many.captionRows()).startsWith(few.captionRows().toArray(String[]::new));
    assertThat(many.split("train")).containsAll(few.split("train"));
    Map<String, String> all = many.contents();
    few.contents().entrySet().stream()
        .filter(file -> file.getKey().endsWith(".jpg"))
        .forEach(photo -> assertThat(all).contains(photo));
  }

  @Test
  void rowsAreFlickrs() throws IOException {
    SampleFiles sample = written("a", small(20, 1));
    assertThat(sample.captionRows())
        .hasSize(100)
        .allMatch(row -> row.matches(NAME + "#[0-4]\t[A-Z0-9][^\t]* \\."));
    assertThat(sample.photoNames()).hasSize(20);
    assertThat(sample.captionRows()).extracting(row -> row.split("[#\t]")[1]).startsWith("0", "1");
  }

  @Test
  void everyPhotoIsAJpegOfTheSize() throws IOException {
    SampleFiles sample = written("a", new SampleDataset(6, 1, 96, 70));
    for (String name : sample.photoNames()) {
      var image = ImageIO.read(sample.photo(name).toFile());
      assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(96, 70));
    }
    assertThat(sample.contents().keySet()).filteredOn(f -> f.endsWith(".jpg")).hasSize(6);
  }

  @Test
  void splitsAreDisjointAndCoverAll() throws IOException {
    SampleFiles sample = written("a", small(80, 2));
    assertThat(sample.split("train")).hasSize(60);
    assertThat(sample.split("dev")).hasSize(10);
    assertThat(sample.split("test")).hasSize(10);
    assertThat(splits(sample)).doesNotHaveDuplicates().hasSameElementsAs(sample.photoNames());
  }

  @Test
  void threePhotosAreEnoughForThreeSplits() throws IOException {
    SampleFiles sample = written("a", small(3, 2));
    assertThat(List.of(sample.split("train"), sample.split("dev"), sample.split("test")))
        .allMatch(split -> split.size() == 1);
  }

  @Test
  void aSingleOneIsForTraining() throws IOException {
    SampleFiles sample = written("a", small(1, 2));
    assertThat(splits(sample)).hasSize(1).isEqualTo(sample.split("train"));
  }

  @Test
  void namesNeverCollide() {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, 20_000)
        .forEach(i -> ids.add(small(1, 9).photo(i).fileName().substring(0, 10)));
    assertThat(ids).hasSize(20_000);
  }

  @Test
  void aSampleCutOffIsCompleted() throws IOException {
    Map<String, String> whole = written("whole", small(12, 4)).contents();
    SampleFiles cut = written("cut", small(12, 4));
    Files.delete(cut.photo(cut.photoNames().get(7)));
    Files.writeString(cut.photo(cut.photoNames().get(7) + ".part"), "half");
    Files.delete(temp.resolve("cut/Flickr8k_text/Flickr8k.token.txt"));
    Files.delete(temp.resolve("cut/Flickr8k_text/Flickr_8k.testImages.txt"));
    assertThat(written("cut", small(12, 4)).contents()).isEqualTo(whole);
  }

  @Test
  void oneCutOffAtItsVeryStartIsCompleted() throws IOException {
    Files.createDirectories(temp.resolve("cut"));
    Files.writeString(temp.resolve("cut/sample.properties.part"), "vers");
    assertThat(written("cut", small(2, 4)).contents())
        .isEqualTo(written("whole", small(2, 4)).contents());
  }

  @Test
  void aPhotoThatIsThereIsNotWrittenAgain() throws IOException {
    SampleFiles sample = written("a", small(3, 1));
    Path photo = sample.photo(sample.photoNames().get(0));
    Files.writeString(photo, "mark");
    written("a", small(3, 1));
    assertThat(photo).hasContent("mark");
  }

  @Test
  void anotherSampleIsLeftAlone() throws IOException {
    Map<String, String> before = written("a", small(3, 1)).contents();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small(3, 2).write(temp.resolve("a")))
        .withMessageContainingAll("folder: ", "seed=1", "seed=2");
    assertThat(new SampleFiles(temp.resolve("a")).contents()).isEqualTo(before);
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Files.writeString(temp.resolve("mine.txt"), "mine");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small(3, 2).write(temp))
        .withMessageContainingAll("folder: " + temp, "not empty");
    assertThat(temp).isDirectoryNotContaining(file -> !file.endsWith("mine.txt"));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temp.resolve("mine.txt"), "mine");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small(3, 2).write(file))
        .withMessage("folder: " + file + " is a file, not a folder");
  }

  @Test
  void boundsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleDataset(0, 1, 320, 240))
        .withMessage("photos: 0 is not between 1 and 100000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleDataset(1, 1, 63, 240))
        .withMessage("width: 63 is not between 64 and 4096");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleDataset(1, 1, 320, 4097))
        .withMessage("height: 4097 is not between 64 and 4096");
  }

  private SampleFiles written(String name, SampleDataset dataset) throws IOException {
    dataset.write(temp.resolve(name));
    return new SampleFiles(temp.resolve(name));
  }

  private static SampleDataset small(int photos, long seed) {
    return new SampleDataset(photos, seed, 64, 64);
  }

  private static SampleDataset defaults(int photos) {
    return new SampleDataset(
        photos,
        SampleDataset.DEFAULT_SEED,
        SampleDataset.DEFAULT_WIDTH,
        SampleDataset.DEFAULT_HEIGHT);
  }

  private static List<String> captions(SampleFiles sample) {
    return sample.captionRows().stream().map(row -> row.split("\t")[1]).toList();
  }

  private static List<String> splits(SampleFiles sample) {
    return Stream.of("train", "dev", "test").flatMap(list -> sample.split(list).stream()).toList();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
