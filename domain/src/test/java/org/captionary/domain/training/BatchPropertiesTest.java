package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.BatchRequest.Examples;
import org.captionary.domain.training.BatchRequest.Layout;
import org.captionary.domain.training.BatchRequest.Model;
import org.captionary.domain.training.BatchRequest.PhotoInput;
import org.captionary.domain.training.BatchRequest.Photos;
import org.captionary.domain.training.BatchRequest.Size;
import org.captionary.domain.training.BatchRequest.TargetForm;
import org.captionary.domain.training.EpochOrder.Shuffle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the batches of any data set, seen on small random ones of a fixed seed. */
final class BatchPropertiesTest {

  private static final int MAX_LENGTH = 4;
  private static final Split TRAIN = new Split("train");
  private static final Split TEST = new Split("test");

  /** Unrolled by the definition, without numbering: the words before and the word, in order. */
  private final Map<Split, List<String>> expected = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void batchesTogetherHoldEveryServableExampleOnceInOrder(long seed) {
    SmallPreparation preparation = random(new SplittableRandom(seed));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);

    for (Split split : set.figures().keySet()) {
      List<String> all = expected.getOrDefault(split, List.of());
      assertThat(set.figures(split).servableExamples()).isEqualTo(all.size());
      for (int size = 1; size <= 9; size++) {
        assertThat(union(reader, set, request(split, PhotoInput.NONE, new Examples(size))))
            .isEqualTo(all);
        assertThat(union(reader, set, request(split, PhotoInput.NONE, new Photos(size))))
            .isEqualTo(all);
      }
    }
  }

  /** Whatever the order, cut and model: each row once, and the same batches for everybody. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void everyEpochIsAPermutationOfTheSplit(long seed) {
    SmallPreparation preparation = random(new SplittableRandom(seed));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);

    for (Split split : set.figures().keySet()) {
      for (Model model : Model.values()) {
        for (Size size : List.of(new Examples(1), new Examples(5), new Photos(1), new Photos(3))) {
          BatchRequest plain = request(model, split, EpochOrder.PLAIN, PhotoInput.NONE, size);
          List<String> expected = union(reader, set, plain).stream().sorted().toList();
          for (Shuffle shuffle : Shuffle.values()) {
            EpochOrder order = new EpochOrder(shuffle, seed, 3);
            List<String> epoch =
                union(reader, set, request(model, split, order, PhotoInput.NONE, size));
            assertThat(epoch.stream().sorted().toList())
                .as("%s %s %s %s", split, model, size, shuffle)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  /** Rank r of w pulls next + r, next + r + w, ...; w changes at every round. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46})
  void ranksTogetherHoldTheEpochThoughTheirNumberChanges(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SmallPreparation preparation = random(random);
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);
    EpochOrder order = new EpochOrder(Shuffle.EXAMPLES, seed, 1);
    BatchRequest request = request(Model.WORD, Split.ALL, order, PhotoInput.NONE, new Examples(2));
    long count = reader.count(set, request);
    List<String> pulled = new ArrayList<>();

    for (long next = 0; next < count; ) {
      int world = 1 + random.nextInt(5);
      for (int rank = world - 1; rank >= 0; rank--) {
        if (next + rank < count) {
          pulled.addAll(shown(new ReadArrays(reader.read(set, request, next + rank))));
        }
      }
      next += world;
    }

    assertThat(pulled)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expected.get(Split.ALL));
  }

  @Test
  void captionsStayTogetherAndChangeTheirPlaces() {
    SmallPreparation preparation = random(new SplittableRandom(1));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);
    List<String> inOrder = expected.get(Split.ALL);
    Set<List<String>> orders = new HashSet<>();

    for (long epoch = 0; epoch < 5; epoch++) {
      EpochOrder order = new EpochOrder(Shuffle.CAPTIONS, 9, epoch);
      List<String> shuffled =
          union(
              reader, set, request(Model.WORD, Split.ALL, order, PhotoInput.NONE, new Examples(4)));
      orders.add(shuffled);
      for (int i = 1; i < inOrder.size(); i++) {
        if (!inOrder.get(i).startsWith("[0, 0, 0, ")) {
          int place = shuffled.indexOf(inOrder.get(i));
          assertThat(shuffled.get(place - 1)).isEqualTo(inOrder.get(i - 1));
        }
      }
    }
    assertThat(orders).hasSize(5).doesNotContain(inOrder);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void thePhotoInputNeverChangesWhichExamplesABatchHolds(long seed) {
    SmallPreparation preparation = random(new SplittableRandom(seed));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);

    for (Size size : List.of(new Examples(3), new Photos(2))) {
      BatchRequest plain = request(Split.ALL, PhotoInput.NONE, size);
      for (PhotoInput photo : PhotoInput.values()) {
        BatchRequest request = request(Split.ALL, photo, size);
        assertThat(reader.count(set, request)).isEqualTo(reader.count(set, plain));
        for (long number = 0; number < reader.count(set, plain); number++) {
          assertThat(shown(new ReadArrays(reader.read(set, request, number))))
              .isEqualTo(shown(new ReadArrays(reader.read(set, plain, number))));
        }
      }
    }
  }

  /**
   * Whoever has pulled a split's photos in order can look each example's photo up by its number.
   */
  @ParameterizedTest
  @ValueSource(longs = {26, 27, 28, 29})
  void numbersLeadToThePhotosOfASplitInOrder(long seed) {
    SmallPreparation preparation = random(new SplittableRandom(seed));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);

    for (Split split : set.figures().keySet()) {
      List<String> photos = rowsInOrder(reader, set, split);
      for (Model model : Model.values()) {
        for (Shuffle shuffle : Shuffle.values()) {
          EpochOrder order = new EpochOrder(shuffle, 5, 1);
          BatchRequest compact = request(model, split, order, PhotoInput.FEATURES, new Examples(4));
          BatchRequest index = request(model, split, order, PhotoInput.INDEX, new Examples(4));
          for (long number = 0; number < reader.count(set, index); number++) {
            ReadArrays numbers = new ReadArrays(reader.read(set, index, number));
            assertThat(numbers.names()).startsWith("photo_index").doesNotContain("photos");
            assertThat(Arrays.stream(numbers.ints("photo_index")).mapToObj(photos::get))
                .containsExactlyElementsOf(
                    rowOfEach(new ReadArrays(reader.read(set, compact, number))));
          }
        }
      }
    }
  }

  private static List<String> rowsInOrder(BatchReader reader, TrainingSet set, Split split) {
    BatchRequest photos =
        request(Model.SEQUENCE, split, EpochOrder.PLAIN, PhotoInput.FEATURES, new Photos(2));
    List<String> rows = new ArrayList<>();
    for (long number = 0; number < reader.count(set, photos); number++) {
      rows.addAll(rows(new ReadArrays(reader.read(set, photos, number))));
    }
    return rows;
  }

  private static List<String> rows(ReadArrays batch) {
    float[] values = batch.floats("photos");
    int length = FeatureLayer.AVG.length();
    return IntStream.range(0, values.length / length)
        .mapToObj(
            row -> Arrays.toString(Arrays.copyOfRange(values, row * length, (row + 1) * length)))
        .toList();
  }

  private static List<String> rowOfEach(ReadArrays compact) {
    List<String> rows = rows(compact);
    return Arrays.stream(compact.ints("photo_index")).mapToObj(rows::get).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void expandedRowsAreTheCompactOnesLookedUp(long seed) {
    SmallPreparation preparation = random(new SplittableRandom(seed));
    TrainingSet set = preparation.trainingSet(1_000, MAX_LENGTH, FeatureLayer.AVG);
    BatchReader reader = preparation.reader(1L << 40);
    BatchRequest compact = request(Split.ALL, PhotoInput.FEATURES, new Examples(5));
    BatchRequest expanded =
        new BatchRequest(
            Model.WORD,
            Split.ALL,
            EpochOrder.PLAIN,
            new Examples(5),
            PhotoInput.FEATURES,
            Optional.empty(),
            TargetForm.INDEX,
            Layout.EXPANDED);

    for (long number = 0; number < reader.count(set, compact); number++) {
      ReadArrays small = new ReadArrays(reader.read(set, compact, number));
      float[] rows = new ReadArrays(reader.read(set, expanded, number)).floats("photos");
      float[] photos = small.floats("photos");
      int[] index = small.ints("photo_index");
      assertThat(rows).hasSize(512 * index.length);
      for (int i = 0; i < rows.length; i++) {
        assertThat(rows[i]).isEqualTo(photos[512 * index[i / 512] + i % 512]);
      }
    }
  }

  private List<String> union(BatchReader reader, TrainingSet set, BatchRequest request) {
    List<String> union = new ArrayList<>();
    long count = reader.count(set, request);
    for (long number = 0; number < count; number++) {
      List<String> batch = shown(new ReadArrays(reader.read(set, request, number)));
      if (request.size() instanceof Examples size && number < count - 1) {
        assertThat(batch).hasSize(size.count());
      }
      assertThat(batch).isNotEmpty();
      union.addAll(batch);
    }
    return union;
  }

  private static List<String> shown(ReadArrays arrays) {
    int[] targets = arrays.ints("targets");
    List<String> shown = new ArrayList<>();
    if (!arrays.names().contains("sequences")) {
      for (int at = 0; at < targets.length; at += MAX_LENGTH) {
        shown.add(Arrays.toString(Arrays.copyOfRange(targets, at, at + MAX_LENGTH)));
      }
      return shown;
    }
    int[] sequences = arrays.ints("sequences");
    for (int row = 0; row < targets.length; row++) {
      List<Integer> before = new ArrayList<>();
      for (int i = 0; i < MAX_LENGTH; i++) {
        before.add(sequences[row * MAX_LENGTH + i]);
      }
      shown.add(before + " " + targets[row]);
    }
    return shown;
  }

  private static BatchRequest request(Split split, PhotoInput photo, Size size) {
    return request(Model.WORD, split, EpochOrder.PLAIN, photo, size);
  }

  private static BatchRequest request(
      Model model, Split split, EpochOrder order, PhotoInput photo, Size size) {
    return new BatchRequest(
        model, split, order, size, photo, Optional.empty(), TargetForm.INDEX, Layout.COMPACT);
  }

  /** Words are numbered through, so that no two examples look alike. */
  private SmallPreparation random(SplittableRandom random) {
    SmallPreparation preparation = new SmallPreparation();
    int word = 1;
    for (int photo = 0; photo < 12; photo++) {
      int draw = random.nextInt(3);
      Optional<Split> split = draw == 0 ? Optional.empty() : Optional.of(draw == 1 ? TRAIN : TEST);
      boolean file = random.nextInt(5) > 0;
      List<int[]> captions = new ArrayList<>();
      for (int caption = random.nextInt(3); caption >= 0; caption--) {
        int[] words = new int[random.nextInt(8)];
        for (int i = 0; i < words.length; i++) {
          words[i] = word++;
        }
        captions.add(words);
        if (file) {
          expect(split, words);
        }
      }
      preparation.photo("p" + (char) ('a' + photo), split, file, captions);
    }
    return preparation;
  }

  private void expect(Optional<Split> split, int[] words) {
    for (int word = 1; word < words.length; word++) {
      List<Integer> before = new ArrayList<>();
      for (int i = word - MAX_LENGTH; i < word; i++) {
        before.add(i < 0 ? 0 : words[i]);
      }
      String example = before + " " + words[word];
      expected.computeIfAbsent(Split.ALL, s -> new ArrayList<>()).add(example);
      split.ifPresent(s -> expected.computeIfAbsent(s, x -> new ArrayList<>()).add(example));
    }
  }
}
