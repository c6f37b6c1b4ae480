package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.BatchRequest.Examples;
import org.captionary.domain.training.BatchRequest.Layout;
import org.captionary.domain.training.BatchRequest.Model;
import org.captionary.domain.training.BatchRequest.PhotoInput;
import org.captionary.domain.training.BatchRequest.Photos;
import org.captionary.domain.training.BatchRequest.TargetForm;
import org.captionary.domain.training.EpochOrder.Shuffle;
import org.junit.jupiter.api.Test;

/** What is kept in memory makes batches faster and never others. */
final class KeptPhotosTest {

  private static final Split TRAIN = new Split("train");
  private static final List<Long> BOUNDS = List.of(0L, 3_000L, 40_000L, 1L << 30);

  private final SmallPreparation preparation = new SmallPreparation();
  private final TrainingSet set = set();

  private TrainingSet set() {
    for (int photo = 10; photo < 40; photo++) {
      int length = photo % 5;
      preparation.photo(
          "p" + photo,
          photo % 3 == 0 ? Optional.empty() : Optional.of(TRAIN),
          photo % 7 != 0,
          List.of(
              IntStream.rangeClosed(1, length).toArray(), IntStream.rangeClosed(2, 9).toArray()));
    }
    return preparation.trainingSet(10, 8, FeatureLayer.AVG, FeatureLayer.FC1);
  }

  @Test
  void batchesAreTheSameWhateverIsKept() throws IOException {
    CountedRowMemory memory = new CountedRowMemory();
    List<BatchReader> readers =
        BOUNDS.stream().map(bound -> preparation.readerThatKeeps(bound, memory)).toList();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      BatchRequest request = request(random);
      long count = readers.get(0).count(set, request);
      long number = random.nextLong(count);
      List<Map<String, String>> seen = new ArrayList<>();
      for (BatchReader reader : readers) {
        try (Batch batch = reader.read(set, request, number)) {
          ReadArrays arrays = new ReadArrays(batch);
          assertThat(checksums(batch)).isEqualTo(crcs(arrays));
          seen.add(shown(arrays));
        }
      }
      assertThat(seen).as("%s %d", request, number).containsOnly(seen.get(0));
    }
  }

  @Test
  void nothingIsHeldButWhatIsKept() {
    CountedRowMemory memory = new CountedRowMemory();
    BatchReader keepsNone = preparation.readerThatKeeps(0, memory);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 50; i++) {
      BatchRequest request = request(random);
      Batch batch = keepsNone.read(set, request, random.nextLong(keepsNone.count(set, request)));
      assertThat(memory.held() > 0).isEqualTo(request.photo() == PhotoInput.FEATURES);
      batch.close();
      assertThat(memory.held()).isZero();
    }
  }

  @Test
  void aBatchStaysWholeWhenItsRowsAreDropped() throws IOException {
    CountedRowMemory memory = new CountedRowMemory();
    BatchReader reader = preparation.readerThatKeeps(3_000, memory);
    SplittableRandom random = new SplittableRandom(5);
    try (Batch batch = reader.read(set, request(random), 0)) {
      List<Long> before = checksums(batch);
      for (int i = 0; i < 50; i++) {
        BatchRequest request = request(random);
        reader.read(set, request, random.nextLong(reader.count(set, request))).close();
      }
      assertThat(crcs(new ReadArrays(batch))).isEqualTo(before);
    }
  }

  @Test
  void rowsInHandAreGivenBackWhenTheOthersAreNotThere() {
    CountedRowMemory memory = new CountedRowMemory();
    BatchReader reader = preparation.readerThatKeeps(0, memory);
    preparation.photoWithNothingStored("p99", new int[] {1, 2});
    TrainingSet strange = preparation.trainingSet(10, 8, FeatureLayer.AVG);
    assertThatThrownBy(() -> reader.read(strange, ofPhotos(40), 0))
        .hasMessageContaining("nothing is stored");
    assertThat(memory.held()).isZero();
  }

  @Test
  void countsThePhotosThatWereThere() {
    BatchReader reader = preparation.readerThatKeeps(1L << 30, new CountedRowMemory());
    reader.read(set, ofPhotos(4), 0).close();
    KeptFigures first = reader.keptPhotos();
    assertThat(first).isEqualTo(new KeptFigures(0, 4, first.bytes()));
    assertThat(first.bytes()).isGreaterThan(4L * 4 * 512);
    reader.read(set, ofPhotos(4), 0).close();
    assertThat(reader.keptPhotos()).isEqualTo(new KeptFigures(4, 4, first.bytes()));
  }

  @Test
  void countsThosePhotosThatAreNeverThere() {
    BatchReader reader = preparation.readerThatKeeps(0, new CountedRowMemory());
    reader.read(set, ofPhotos(4), 0).close();
    reader.read(set, ofPhotos(4), 0).close();
    assertThat(reader.keptPhotos()).isEqualTo(new KeptFigures(0, 8, 0));
  }

  @Test
  void countsLookUpsOfTexts() {
    BatchReader reader = preparation.readerThatKeeps(1L << 30, new CountedRowMemory());
    // The text is read at the first look-up, in which it is already found.
    reader.read(set, ofPhotos(4), 0).close();
    reader.read(set, ofPhotos(4), 1).close();
    KeptFigures figures = reader.keptTexts();
    assertThat(figures).isEqualTo(new KeptFigures(2, 0, figures.bytes()));
    assertThat(figures.bytes()).isPositive();
  }

  private static BatchRequest ofPhotos(int photos) {
    return new BatchRequest(
        Model.WORD,
        Split.ALL,
        EpochOrder.PLAIN,
        new Photos(photos),
        PhotoInput.FEATURES,
        Optional.of("avg"),
        TargetForm.INDEX,
        Layout.COMPACT);
  }

  private static BatchRequest request(SplittableRandom random) {
    return new BatchRequest(
        pick(random, Model.values()),
        random.nextBoolean() ? Split.ALL : TRAIN,
        new EpochOrder(pick(random, Shuffle.values()), random.nextInt(2), random.nextInt(2)),
        random.nextBoolean() ? new Examples(6) : new Photos(2),
        random.nextInt(9) == 0 ? PhotoInput.PIXELS : PhotoInput.FEATURES,
        Optional.of(random.nextBoolean() ? "avg" : "fc1"),
        TargetForm.INDEX,
        pick(random, Layout.values()));
  }

  private static <T> T pick(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Map<String, String> shown(ReadArrays arrays) {
    Map<String, String> shown = new TreeMap<>();
    for (String name : arrays.names()) {
      shown.put(name, arrays.shape(name) + " " + Arrays.hashCode(arrays.bytes(name)));
    }
    return shown;
  }

  private static List<Long> checksums(Batch batch) throws IOException {
    List<Long> checksums = new ArrayList<>();
    for (BatchArray array : batch.arrays()) {
      checksums.add(array.content().checksum());
    }
    return checksums;
  }

  private static List<Long> crcs(ReadArrays arrays) {
    return arrays.names().stream()
        .map(
            name -> {
              CRC32 crc = new CRC32();
              crc.update(arrays.bytes(name));
              return crc.getValue();
            })
        .toList();
  }
}
