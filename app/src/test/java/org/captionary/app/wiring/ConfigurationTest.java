package org.captionary.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.training.BatchReader;
import org.captionary.domain.training.BatchRequest;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.EpochOrder;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.TrainingSet;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the keys {@code captionary.*} that wiring reads bring about; weights have a test of their
 * own.
 */
final class ConfigurationTest {

  @TempDir Path folder;

  private final PortsWiring ports = new PortsWiring();
  private final ServicesWiring services = new ServicesWiring();
  private final InMemoryRepositories repositories = new InMemoryRepositories();

  private DatasetFiles files(Optional<List<String>> roots) {
    return ports.formats(roots).files().get(0);
  }

  @Test
  void datasetsAreReadBelowTheirRootsOnly() throws IOException {
    Dataset dataset = dataset();
    files(Optional.of(List.of(folder.toString()))).check(dataset);
    files(Optional.of(List.of("/nosuch", " " + folder + " ", ""))).check(dataset);
    refused(files(Optional.of(List.of("/nosuch"))), dataset, "below /nosuch");
  }

  @Test
  void withoutRootsNothingIsRead() throws IOException {
    refused(files(Optional.empty()), dataset(), "CAPTIONARY_DATASET_ROOTS");
    refused(files(Optional.of(List.of(" "))), dataset(), "CAPTIONARY_DATASET_ROOTS");
  }

  @Test
  void rootsAreAbsolute() {
    assertThatThrownBy(() -> files(Optional.of(List.of("data"))))
        .hasMessage(
            "captionary.dataset-roots: data is not allowed; allowed: absolute paths of folders");
  }

  private Dataset dataset() throws IOException {
    Path captions = folder.resolve("captions.txt");
    Files.writeString(captions, "");
    return new Dataset("d", "flickr8k", folder, captions, Map.of());
  }

  private static void refused(DatasetFiles files, Dataset dataset, String words) {
    assertThatThrownBy(() -> files.check(dataset))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("photos: ")
        .hasMessageContaining(words);
  }

  @Test
  void photosAreDecodedWithinTheTimeLimit() throws Exception {
    byte[] photo = largePhoto();
    assertThat(ports.decoder(" 1h ").decode(photo, Rendering.KERAS)).isNotNull();
    PhotoDecoder hasty = ports.decoder("1ms");
    String reason = null;
    while (reason == null) {
      reason = reasonAgainst(photo, hasty);
    }
    assertThat(reason).isEqualTo("decoding it takes longer than the 1 ms allowed");
  }

  /** A hundred times too large for a millisecond; null if the machine slept meanwhile. */
  private static String reasonAgainst(byte[] photo, PhotoDecoder decoder) {
    try {
      decoder.decode(photo, Rendering.KERAS);
      return null;
    } catch (UnreadablePhotoException e) {
      return e.getMessage();
    }
  }

  private static byte[] largePhoto() throws IOException {
    ByteArrayOutputStream photo = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3000, 3000, BufferedImage.TYPE_INT_RGB), "png", photo);
    return photo.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0s", "-1s", "3601s", "2h", "twenty", "", " ", "999999999999999999d"})
  void timeLimitsThatCannotBeAreRefused(String limit) {
    assertThatThrownBy(() -> ports.decoder(limit))
        .hasMessage(
            "captionary.photos.time-limit: %s is not allowed; allowed: 1ms to 1h, such as 20s"
                .formatted(limit));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 4_294_901_761L, Long.MAX_VALUE})
  void sizesThatNoBatchCanHaveAreRefused(long maxBytes) {
    assertThatThrownBy(() -> reader(maxBytes))
        .hasMessage(
            "captionary.batches.max-bytes: %d is not allowed; allowed: 1 to 4294901760"
                .formatted(maxBytes));
  }

  @Test
  void asMuchIsKeptAsHalfOfTheHeapAtMost() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    assertThat(reader(1, Optional.of(0L))).isNotNull();
    assertThat(reader(1, Optional.of(half))).isNotNull();
    for (long kept : new long[] {-1, half + 1}) {
      assertThatThrownBy(() -> reader(1, Optional.of(kept)))
          .hasMessage(
              "captionary.batches.kept-bytes: %d is not allowed; allowed: 0 to %d, half of the heap"
                  .formatted(kept, half));
    }
  }

  /** Two examples: of each 3 words before, and the word. */
  @Test
  void aBatchIsAtMostAsLargeAsSet() {
    assertThat(reader(32).read(set(), request(), 0).arrays()).hasSize(2);
    assertThatThrownBy(() -> reader(31).read(set(), request(), 0))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo("size");
              assertThat(e.value()).isEqualTo(5);
              assertThat(e.allowed())
                  .containsExactly("what makes a batch of at most 31 bytes; this one has 32");
            });
  }

  private BatchReader reader(long maxBytes) {
    return reader(maxBytes, Optional.empty());
  }

  private BatchReader reader(long maxBytes, Optional<Long> keptBytes) {
    return services.batchReader(
        repositories.examples(), repositories.photos(), maxBytes, keptBytes);
  }

  private TrainingSet set() {
    PreparationKey key = new PreparationKey(1);
    if (repositories.examples().countContents(key) == 0) {
      repositories
          .unit()
          .run(() -> repositories.examples().add(key, List.of(photo()), ExampleTotals.NONE));
    }
    SplitFigures figures = new SplitFigures(1, 1, 1, 2, 2, 1, Map.of(2, 1L));
    return new TrainingSet(
        key,
        4,
        3,
        Map.of(Split.ALL, figures),
        Optional.empty(),
        Rendering.KERAS,
        StoredType.FLOAT32,
        List.of());
  }

  private static EncodedPhoto photo() {
    return new EncodedPhoto(
        new PhotoId("a"),
        Optional.empty(),
        Optional.of(ContentHash.of(new byte[] {1})),
        List.of(new EncodedCaption(new int[] {1, 2, 3})),
        Optional.of(new EncodedPhoto.Place(0, 0, 0, 0)),
        Optional.empty());
  }

  private static BatchRequest request() {
    return new BatchRequest(
        BatchRequest.Model.WORD,
        Split.ALL,
        EpochOrder.PLAIN,
        new BatchRequest.Examples(5),
        BatchRequest.PhotoInput.NONE,
        Optional.empty(),
        BatchRequest.TargetForm.INDEX,
        BatchRequest.Layout.COMPACT);
  }
}
