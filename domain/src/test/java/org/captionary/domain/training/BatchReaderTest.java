package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.BatchRequest.Examples;
import org.captionary.domain.training.BatchRequest.Layout;
import org.captionary.domain.training.BatchRequest.Model;
import org.captionary.domain.training.BatchRequest.PhotoInput;
import org.captionary.domain.training.BatchRequest.Photos;
import org.captionary.domain.training.BatchRequest.Size;
import org.captionary.domain.training.BatchRequest.TargetForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Batches of a small preparation: photo a (train) has captions 1 2 3 4 and 5 6, photo b (train) no
 * file, c (test) caption 7 8 9, d (train) caption 2 1. Sequences are 3 long.
 */
final class BatchReaderTest {

  private static final Split TRAIN = new Split("train");
  private static final Split TEST = new Split("test");
  private static final BatchRequest PLAIN = with(PhotoInput.NONE, TargetForm.INDEX, Layout.COMPACT);

  private final SmallPreparation preparation = new SmallPreparation();
  private TrainingSet set;

  @BeforeEach
  void prepare() {
    set =
        preparation
            .photo("a", TRAIN, true, new int[] {1, 2, 3, 4}, new int[] {5, 6})
            .photo("b", TRAIN, false, new int[] {1, 1, 1})
            .photo("c", TEST, true, new int[] {7, 8, 9})
            .photo("d", TRAIN, true, new int[] {2, 1})
            .trainingSet(10, 3, FeatureLayer.AVG);
  }

  @Test
  void unrollsCaptionsIntoWordsBeforeAndTheWord() {
    ReadArrays arrays = read(PLAIN, 0);

    assertThat(arrays.names()).containsExactly("sequences", "targets");
    assertThat(arrays.shape("sequences")).containsExactly(7L, 3L);
    assertThat(arrays.type("sequences")).isEqualTo(ElementType.INT32);
    assertThat(arrays.ints("sequences"))
        .containsExactly(
            0, 0, 1, //
            0, 1, 2, //
            1, 2, 3, //
            0, 0, 5, //
            0, 0, 7, //
            0, 7, 8, //
            0, 0, 2);
    assertThat(arrays.shape("targets")).containsExactly(7L);
    assertThat(arrays.ints("targets")).containsExactly(2, 3, 4, 6, 8, 9, 1);
  }

  @Test
  void cutsTheHeadOffWordsThatDoNotFit() {
    set = preparation.trainingSet(10, 2, FeatureLayer.AVG);

    assertThat(read(withSize(PLAIN, new Examples(3)), 0).ints("sequences"))
        .containsExactly(0, 1, 1, 2, 2, 3);
  }

  @Test
  void cutsCaptionsAcrossBatches() {
    BatchRequest pairs = withSize(PLAIN, new Examples(2));

    assertThat(reader().count(set, pairs)).isEqualTo(4);
    assertThat(read(pairs, 0).ints("targets")).containsExactly(2, 3);
    assertThat(read(pairs, 1).ints("targets")).containsExactly(4, 6);
    assertThat(read(pairs, 1).ints("sequences")).containsExactly(1, 2, 3, 0, 0, 5);
    assertThat(read(pairs, 2).ints("targets")).containsExactly(8, 9);
    assertThat(read(pairs, 3).ints("targets")).containsExactly(1);
    assertThat(read(pairs, 3).shape("sequences")).containsExactly(1L, 3L);
  }

  /** Of one reader, which keeps rows of both. */
  @Test
  void neverMixesFeaturesOfTwoStoredTypes() {
    TrainingSet halves = preparation.inHalves(set, "a", "c", "d");
    BatchReader reader = reader();
    BatchRequest request = withPhotos();

    float[] floats = new ReadArrays(reader.read(set, request, 0)).floats("photos");
    float[] rounded = new ReadArrays(reader.read(halves, request, 0)).floats("photos");

    assertThat(floats[1]).isEqualTo('a' + 1 / 3f);
    assertThat(rounded[1]).isEqualTo('a' + 5 / 16f);
    assertThat(new ReadArrays(reader.read(set, request, 0)).floats("photos")).isEqualTo(floats);
  }

  @Test
  void cutsByWholePhotos() {
    BatchRequest twoPhotos = withSize(PLAIN, new Photos(2));

    assertThat(reader().count(set, twoPhotos)).isEqualTo(2);
    assertThat(read(twoPhotos, 0).ints("targets")).containsExactly(2, 3, 4, 6, 8, 9);
    assertThat(read(twoPhotos, 1).ints("targets")).containsExactly(1);
  }

  @Test
  void numbersWithinASplit() {
    BatchRequest train = withSize(withSplit(TRAIN), new Examples(3));

    assertThat(reader().count(set, train)).isEqualTo(2);
    assertThat(read(train, 0).ints("targets")).containsExactly(2, 3, 4);
    assertThat(read(train, 1).ints("targets")).containsExactly(6, 1);
    assertThat(read(withSize(withSplit(TRAIN), new Photos(1)), 1).ints("targets"))
        .containsExactly(1);
    assertThat(read(withSplit(TEST), 0).ints("targets")).containsExactly(8, 9);
  }

  @Test
  void hasNoBatchForASplitWithoutExamples() {
    TrainingSet withEmpty =
        new TrainingSet(
            set.key(),
            10,
            3,
            Map.of(Split.ALL, set.figures(Split.ALL), new Split("dev"), SplitFigures.NONE),
            set.extractor(),
            set.rendering(),
            set.stored(),
            set.layers());

    assertThat(reader().count(withEmpty, withSplit(new Split("dev")))).isZero();
  }

  /** Photo d of the caption 2 1 is followed by e, whose caption lost every word. */
  @Test
  void givesWholeCaptionsPaddedOnTheRight() {
    set =
        preparation
            .photo("e", TRAIN, true, new int[0], new int[] {3})
            .trainingSet(10, 3, FeatureLayer.AVG);
    BatchRequest sequences = withModel(withPhotos(), Model.SEQUENCE);

    ReadArrays arrays = read(sequences, 0);

    assertThat(arrays.names()).containsExactly("photos", "photo_index", "targets");
    assertThat(arrays.type("targets")).isEqualTo(ElementType.INT32);
    assertThat(arrays.shape("targets")).containsExactly(6L, 3L);
    assertThat(arrays.ints("targets"))
        .containsExactly(
            2, 3, 4, // the longer one loses its head
            5, 6, 0, //
            7, 8, 9, //
            2, 1, 0, //
            0, 0, 0, //
            3, 0, 0);
    assertThat(arrays.ints("photo_index")).containsExactly(0, 0, 1, 2, 3, 3);
    assertThat(reader().count(set, withSize(sequences, new Examples(4)))).isEqualTo(2);
    assertThat(read(withSize(sequences, new Examples(4)), 1).ints("targets"))
        .containsExactly(0, 0, 0, 3, 0, 0);
    assertThat(reader().count(set, withSize(sequences, new Photos(3)))).isEqualTo(2);
    assertThat(read(withSize(sequences, new Photos(3)), 1).ints("targets"))
        .containsExactly(0, 0, 0, 3, 0, 0);
    assertThat(reader().count(set, withSize(PLAIN, new Photos(3)))).isEqualTo(1);
  }

  @Test
  void givesOneHotSequencesWithPaddingAsClassZero() {
    BatchRequest request =
        withModel(with(PhotoInput.NONE, TargetForm.ONEHOT, Layout.COMPACT), Model.SEQUENCE);

    ReadArrays arrays = read(withSize(request, new Examples(2)), 1);

    assertThat(arrays.shape("targets")).containsExactly(2L, 3L, 10L);
    float[] expected = new float[60];
    int[] classes = {7, 8, 9, 2, 1, 0};
    for (int row = 0; row < classes.length; row++) {
      expected[row * 10 + classes[row]] = 1;
    }
    assertThat(arrays.floats("targets")).containsExactly(expected);
  }

  @Test
  void givesOneHotTargetsWithPaddingAsClassZero() {
    ReadArrays arrays = read(with(PhotoInput.NONE, TargetForm.ONEHOT, Layout.COMPACT), 0);

    assertThat(arrays.shape("targets")).containsExactly(7L, 10L);
    assertThat(arrays.type("targets")).isEqualTo(ElementType.FLOAT32);
    float[] expected = new float[70];
    int[] classes = {2, 3, 4, 6, 8, 9, 1};
    for (int row = 0; row < classes.length; row++) {
      expected[row * 10 + classes[row]] = 1;
    }
    assertThat(arrays.floats("targets")).containsExactly(expected);
    assertThat(arrays.floats("targets")).containsExactly(expected);
  }

  @Test
  void givesEachPhotoOnceAndItsRowWhenCompact() {
    ReadArrays arrays = read(with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.COMPACT), 0);

    assertThat(arrays.names()).containsExactly("photos", "photo_index", "sequences", "targets");
    assertThat(arrays.shape("photos")).containsExactly(3L, 512L);
    assertThat(arrays.type("photos")).isEqualTo(ElementType.FLOAT32);
    assertThat(arrays.bytes("photos"))
        .isEqualTo(preparation.featuresOf(FeatureLayer.AVG, "a", "c", "d"));
    assertThat(arrays.type("photo_index")).isEqualTo(ElementType.INT32);
    assertThat(arrays.ints("photo_index")).containsExactly(0, 0, 0, 0, 1, 1, 2);
  }

  @Test
  void givesPhotosNumbersAloneForWhoeverHasThem() {
    for (Layout layout : Layout.values()) {
      ReadArrays arrays = read(with(PhotoInput.INDEX, TargetForm.INDEX, layout), 0);

      assertThat(arrays.names()).containsExactly("photo_index", "sequences", "targets");
      assertThat(arrays.ints("photo_index")).containsExactly(0, 0, 0, 0, 1, 1, 2);
    }
    BatchRequest pairs =
        withSize(with(PhotoInput.INDEX, TargetForm.INDEX, Layout.COMPACT), new Examples(2));
    assertThat(read(pairs, 3).ints("photo_index")).containsExactly(2);
  }

  @Test
  void countsPhotoRowsWithinTheBatch() {
    BatchRequest pairs =
        withSize(with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.COMPACT), new Examples(2));

    ReadArrays last = read(pairs, 3);

    assertThat(last.bytes("photos")).isEqualTo(preparation.featuresOf(FeatureLayer.AVG, "d"));
    assertThat(last.ints("photo_index")).containsExactly(0);
  }

  @Test
  void givesAPhotoRowForEachExampleWhenExpanded() {
    ReadArrays arrays = read(with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.EXPANDED), 0);

    assertThat(arrays.names()).containsExactly("photos", "sequences", "targets");
    assertThat(arrays.shape("photos")).containsExactly(7L, 512L);
    assertThat(arrays.bytes("photos"))
        .isEqualTo(preparation.featuresOf(FeatureLayer.AVG, "a", "a", "a", "a", "c", "c", "d"));
  }

  @Test
  void givesPixelsAsVgg16TakesThem() {
    BatchRequest one =
        withSize(with(PhotoInput.PIXELS, TargetForm.INDEX, Layout.COMPACT), new Photos(1));

    ReadArrays arrays = read(one, 1);

    assertThat(arrays.shape("photos")).containsExactly(1L, 224L, 224L, 3L);
    Pixels pixels = preparation.pixelsOf("c");
    assertThat(arrays.floats("photos")).containsExactly(pixels.toVgg16Input());
    assertThat(arrays.floats("photos")[0]).isEqualTo((pixels.rgb()[2] & 0xff) - 103.939f);
  }

  @Test
  void givesTheLayerAskedFor() {
    set = preparation.trainingSet(10, 3, FeatureLayer.FC1, FeatureLayer.BLOCK5_POOL);
    BatchRequest pool = withLayer(Optional.of("block5_pool"));

    ReadArrays arrays = read(withSize(pool, new Photos(1)), 0);

    assertThat(arrays.shape("photos")).containsExactly(1L, 7L, 7L, 512L);
    assertThat(arrays.bytes("photos"))
        .isEqualTo(preparation.featuresOf(FeatureLayer.BLOCK5_POOL, "a"));
  }

  @Test
  void givesTheSameBytesEachTimeTheyAreWritten() {
    BatchRequest request = with(PhotoInput.FEATURES, TargetForm.ONEHOT, Layout.EXPANDED);
    ReadArrays first = read(request, 0);
    ReadArrays second = read(request, 0);

    for (String name : first.names()) {
      assertThat(first.bytes(name)).isEqualTo(first.bytes(name)).isEqualTo(second.bytes(name));
    }
  }

  @Test
  void saysBeforeWritingHowManyBytesAnArrayHas() {
    for (PhotoInput photo : PhotoInput.values()) {
      for (TargetForm target : TargetForm.values()) {
        for (Layout layout : Layout.values()) {
          ReadArrays arrays = read(with(photo, target, layout), 0);
          for (String name : arrays.names()) {
            assertThat((long) arrays.bytes(name).length)
                .as("%s of %s %s %s", name, photo, target, layout)
                .isEqualTo(arrays.byteLength(name));
          }
        }
      }
    }
  }

  /** Photo b has no file and counts all the same. */
  @Test
  void givesTheWholeTextForEachModel() {
    ReadArrays words = new ReadArrays(preparation.wholeText().words(set));
    assertThat(words.shape("sequences")).containsExactly(9L, 3L);
    assertThat(words.ints("sequences"))
        .containsExactly(
            0, 0, 1, 0, 1, 2, 1, 2, 3, 0, 0, 5, 0, 0, 1, 0, 1, 1, 0, 0, 7, 0, 7, 8, 0, 0, 2);
    assertThat(words.ints("targets")).containsExactly(2, 3, 4, 6, 1, 1, 8, 9, 1);
    assertThat(words.ints("photo_index")).containsExactly(0, 0, 0, 0, 1, 1, 2, 2, 3);

    ReadArrays sequences = new ReadArrays(preparation.wholeText().sequences(set));
    assertThat(sequences.names()).containsExactly("photo_index", "targets");
    assertThat(sequences.shape("targets")).containsExactly(5L, 3L);
    assertThat(sequences.ints("targets"))
        .containsExactly(2, 3, 4, 5, 6, 0, 1, 1, 1, 7, 8, 9, 2, 1, 0);
    assertThat(sequences.ints("photo_index")).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void refusesABatchThatIsNotThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> read(PLAIN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> read(PLAIN, -1));
  }

  @Test
  void refusesASplitThatTheDatasetDoesNotHave() {
    refused("split", "dev", () -> reader().count(set, withSplit(new Split("dev"))));
  }

  /** It is the one of the preparation's network, whatever others call so. */
  @Test
  void findsALayerByItsNameInTheSet() {
    set = preparation.trainingSet(10, 3, FeatureLayer.RESNET_AVG, FeatureLayer.CONV5_BLOCK3_OUT);
    assertThat(set.layer(Optional.of("avg"))).isEqualTo(FeatureLayer.RESNET_AVG);
  }

  @Test
  void refusesLayersThatAreNotStoredOrNotSaid() {
    refused("layer", "fc2", () -> read(withLayer(Optional.of("fc2")), 0));
    set = preparation.trainingSet(10, 3, FeatureLayer.AVG, FeatureLayer.FC1);
    refused("layer", null, () -> reader().count(set, withLayer(Optional.empty())));
    set = preparation.trainingSet(10, 3);
    refused("photo", "features", () -> reader().count(set, withLayer(Optional.empty())));
    assertThat(read(PLAIN, 0).ints("targets")).hasSize(7);
  }

  @Test
  void refusesABatchLargerThanAllowedAndTakesOneJustAsLarge() {
    assertLimit(with(PhotoInput.NONE, TargetForm.INDEX, Layout.COMPACT), 4 * 7 * (3 + 1));
    assertLimit(with(PhotoInput.NONE, TargetForm.ONEHOT, Layout.COMPACT), 4 * 7 * (3 + 10));
    assertLimit(with(PhotoInput.INDEX, TargetForm.INDEX, Layout.COMPACT), 4 * 7 * (1 + 3 + 1));
    assertLimit(
        with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.COMPACT),
        4 * (3 * 512 + 7 * (3 + 1 + 1)));
    assertLimit(
        with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.EXPANDED), 4 * 7 * (512 + 3 + 1));
    assertLimit(
        withModel(with(PhotoInput.NONE, TargetForm.INDEX, Layout.COMPACT), Model.SEQUENCE),
        4 * 4 * 3);
    assertLimit(
        withModel(with(PhotoInput.FEATURES, TargetForm.ONEHOT, Layout.EXPANDED), Model.SEQUENCE),
        4 * 4 * (512 + 3 * 10));
    assertLimit(
        with(PhotoInput.PIXELS, TargetForm.INDEX, Layout.EXPANDED),
        4 * 7 * (224 * 224 * 3 + 3 + 1));
  }

  private void assertLimit(BatchRequest request, long bytes) {
    BatchReader justEnough = preparation.reader(bytes);
    assertThat(justEnough.read(set, request, 0).arrays())
        .extracting(BatchArray::byteLength)
        .satisfies(l -> assertThat(l.stream().mapToLong(Long::longValue).sum()).isEqualTo(bytes));
    refused("size", 32, () -> preparation.reader(bytes - 1).read(set, request, 0));
    refused(
        "photos",
        5,
        () -> preparation.reader(bytes - 1).read(set, withSize(request, new Photos(5)), 0));
  }

  /** A caption of 100,000 words has sequences of 10,000 million elements. */
  @Test
  void refusesABatchThatNoArrayCouldHold() {
    SmallPreparation wordy = new SmallPreparation().photo("a", TRAIN, true, ones(100_000));
    TrainingSet wordySet = wordy.trainingSet(10, 100_000, FeatureLayer.AVG);

    refused(
        "photos",
        1,
        () -> wordy.reader(1L << 30).read(wordySet, withSize(PLAIN, new Photos(1)), 0));
  }

  @Test
  void refusesSizesOutOfBounds() {
    refused("size", 0, () -> new Examples(0));
    refused("size", 65_537, () -> new Examples(65_537));
    refused("photos", 0, () -> new Photos(0));
    refused("photos", 4_097, () -> new Photos(4_097));
    assertThat(new Examples(65_536).count()).isEqualTo(65_536);
    assertThat(new Photos(4_096).count()).isEqualTo(4_096);
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void refused(String field, Object value, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isEqualTo(value);
              assertThat(e.allowed()).isNotEmpty().doesNotContain("");
            });
  }

  private BatchReader reader() {
    return preparation.reader(1L << 40);
  }

  private ReadArrays read(BatchRequest request, long number) {
    return new ReadArrays(reader().read(set, request, number));
  }

  private static BatchRequest with(PhotoInput photo, TargetForm target, Layout layout) {
    return new BatchRequest(
        Model.WORD,
        Split.ALL,
        EpochOrder.PLAIN,
        new Examples(32),
        photo,
        Optional.empty(),
        target,
        layout);
  }

  private static BatchRequest withPhotos() {
    return with(PhotoInput.FEATURES, TargetForm.INDEX, Layout.COMPACT);
  }

  private static BatchRequest withSize(BatchRequest r, Size size) {
    return new BatchRequest(
        r.model(), r.split(), r.order(), size, r.photo(), r.layer(), r.target(), r.layout());
  }

  private static BatchRequest withModel(BatchRequest r, Model model) {
    return new BatchRequest(
        model, r.split(), r.order(), r.size(), r.photo(), r.layer(), r.target(), r.layout());
  }

  private static BatchRequest withSplit(Split split) {
    return new BatchRequest(
        Model.WORD,
        split,
        PLAIN.order(),
        PLAIN.size(),
        PLAIN.photo(),
        PLAIN.layer(),
        PLAIN.target(),
        PLAIN.layout());
  }

  private static BatchRequest withLayer(Optional<String> layer) {
    return new BatchRequest(
        Model.WORD,
        Split.ALL,
        EpochOrder.PLAIN,
        new Examples(32),
        PhotoInput.FEATURES,
        layer,
        TargetForm.INDEX,
        Layout.COMPACT);
  }
}
