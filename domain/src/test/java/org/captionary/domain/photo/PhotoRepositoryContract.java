package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RepositoryContract;
import org.junit.jupiter.api.Test;

/** Contract of {@link PhotoRepository}. */
public abstract class PhotoRepositoryContract extends RepositoryContract {

  @Test
  void givesPixelsBackAsTheyWereAdded() {
    ContentHash first = newContent();
    ContentHash second = newContent();
    ContentHash absent = uniqueHash();

    assertThat(photos().pixels(Rendering.KERAS, List.of(first, absent, second)))
        .isEqualTo(Map.of(first, pixels(first), second, pixels(second)));
    assertThat(photos().withPixels(Rendering.KERAS, List.of(first, absent, second)))
        .isEqualTo(Set.of(first, second));
    assertThat(photos().withPixels(Rendering.KERAS, List.of(absent))).isEmpty();
  }

  @Test
  void takesAndAsksForNothing() {
    ExtractorIdentity extractor = uniqueExtractor();

    write(() -> photos().addPixels(Rendering.KERAS, Map.of()));
    write(() -> photos().addFeatures(extractor, Rendering.KERAS, StoredType.FLOAT32, Map.of()));

    assertThat(photos().pixels(Rendering.KERAS, List.of())).isEmpty();
    assertThat(photos().withPixels(Rendering.KERAS, List.of())).isEmpty();
    assertThat(
            photos()
                .withFeatures(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Set.of(FeatureLayer.AVG),
                    List.of()))
        .isEmpty();
    assertThat(
            photos()
                .features(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, FeatureLayer.AVG, List.of()))
        .isEmpty();
  }

  @Test
  void keepsPixelsTwiceWithoutHarm() {
    ContentHash content = newContent();
    ContentHash other = uniqueHash();

    write(
        () ->
            photos()
                .addPixels(
                    Rendering.KERAS, Map.of(content, pixels(content), other, pixels(other))));

    assertThat(photos().pixels(Rendering.KERAS, List.of(content, other)))
        .isEqualTo(Map.of(content, pixels(content), other, pixels(other)));
  }

  @Test
  void looksUpMoreContentsThanAStatementTakesParameters() {
    ContentHash kept = newContent();
    List<ContentHash> asked = new ArrayList<>();
    IntStream.range(0, 70_000)
        .forEach(
            i ->
                asked.add(
                    ContentHash.of(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)})));
    asked.add(kept);

    assertThat(photos().withPixels(Rendering.KERAS, asked)).contains(kept);
    assertThat(
            photos()
                .withFeatures(
                    uniqueExtractor(),
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Set.of(FeatureLayer.AVG),
                    asked))
        .isEmpty();
  }

  @Test
  void givesFeaturesBackBitForBit() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    float[] values = values(FeatureLayer.AVG, 1);
    values[0] = -0.0f;
    values[1] = Float.MIN_VALUE;
    values[2] = Float.MAX_VALUE;
    values[3] = Float.NaN;
    PhotoFeatures features = new PhotoFeatures(Map.of(FeatureLayer.AVG, values));

    write(
        () ->
            photos()
                .addFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, Map.of(content, features)));

    Map<ContentHash, byte[]> found =
        photos()
            .features(
                extractor,
                Rendering.KERAS,
                StoredType.FLOAT32,
                FeatureLayer.AVG,
                List.of(content, uniqueHash()));
    assertThat(found).containsOnlyKeys(content);
    assertThat(found.get(content)).isEqualTo(features.bytesOf(FeatureLayer.AVG));
  }

  @Test
  void keepsEachLayerByItself() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    PhotoFeatures features = features(Network.VGG16.layers().toArray(FeatureLayer[]::new));

    write(
        () ->
            photos()
                .addFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, Map.of(content, features)));

    for (FeatureLayer layer : Network.VGG16.layers()) {
      assertThat(
              photos()
                  .features(extractor, Rendering.KERAS, StoredType.FLOAT32, layer, List.of(content))
                  .get(content))
          .isEqualTo(features.bytesOf(layer));
    }
  }

  @Test
  void countsAPhotoAsDoneOnlyWithEveryLayer() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash one = newContent();
    ContentHash both = newContent();
    Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG, FeatureLayer.FC1);
    write(
        () ->
            photos()
                .addFeatures(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Map.of(
                        one,
                        features(FeatureLayer.AVG),
                        both,
                        features(FeatureLayer.AVG, FeatureLayer.FC1))));

    List<ContentHash> asked = List.of(one, both, newContent());
    assertThat(photos().withFeatures(extractor, Rendering.KERAS, StoredType.FLOAT32, layers, asked))
        .isEqualTo(Set.of(both));
    assertThat(
            photos()
                .withFeatures(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Set.of(FeatureLayer.AVG),
                    asked))
        .isEqualTo(Set.of(one, both));
    assertThat(
            photos()
                .features(extractor, Rendering.KERAS, StoredType.FLOAT32, FeatureLayer.FC1, asked))
        .containsOnlyKeys(both);
  }

  @Test
  void addsLayersToThoseThatAreKept() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    write(
        () ->
            photos()
                .addFeatures(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Map.of(content, features(FeatureLayer.AVG))));
    PhotoFeatures more = features(FeatureLayer.AVG, FeatureLayer.FC2);

    write(
        () ->
            photos()
                .addFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, Map.of(content, more)));

    Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG, FeatureLayer.FC2);
    assertThat(
            photos()
                .withFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, layers, List.of(content)))
        .containsExactly(content);
    assertThat(
            photos()
                .features(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    FeatureLayer.FC2,
                    List.of(content))
                .get(content))
        .isEqualTo(more.bytesOf(FeatureLayer.FC2));
  }

  @Test
  void neverMixesExtractors() {
    ContentHash content = newContent();
    ContentHash weights = uniqueHash();
    ExtractorIdentity own = new ExtractorIdentity("vgg16", "untrained", weights, "float32");
    List<ExtractorIdentity> others =
        List.of(
            new ExtractorIdentity("vgg19", "untrained", weights, "float32"),
            new ExtractorIdentity("vgg16", "imagenet", weights, "float32"),
            new ExtractorIdentity("vgg16", "untrained", uniqueHash(), "float32"),
            new ExtractorIdentity("vgg16", "untrained", weights, "float16"));

    write(
        () ->
            photos()
                .addFeatures(
                    own,
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    Map.of(content, features(FeatureLayer.AVG))));

    Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG);
    List<ContentHash> asked = List.of(content);
    assertThat(photos().withFeatures(own, Rendering.KERAS, StoredType.FLOAT32, layers, asked))
        .containsExactly(content);
    for (ExtractorIdentity other : others) {
      assertThat(photos().withFeatures(other, Rendering.KERAS, StoredType.FLOAT32, layers, asked))
          .isEmpty();
      assertThat(
              photos()
                  .features(other, Rendering.KERAS, StoredType.FLOAT32, FeatureLayer.AVG, asked))
          .isEmpty();
    }
  }

  @Test
  void neverMixesRenderings() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    List<ContentHash> asked = List.of(content);
    Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG);
    PhotoFeatures keras = features(FeatureLayer.AVG);
    write(
        () ->
            photos()
                .addFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT32, Map.of(content, keras)));

    for (Rendering other :
        List.of(new Rendering(Resize.BICUBIC, false), new Rendering(Resize.NEAREST, true))) {
      assertThat(photos().withPixels(other, asked)).isEmpty();
      assertThat(photos().pixels(other, asked)).isEmpty();
      assertThat(photos().withFeatures(extractor, other, StoredType.FLOAT32, layers, asked))
          .isEmpty();
      assertThat(photos().features(extractor, other, StoredType.FLOAT32, FeatureLayer.AVG, asked))
          .isEmpty();

      Pixels pixels = pixels(uniqueHash());
      PhotoFeatures features =
          new PhotoFeatures(
              Map.of(FeatureLayer.AVG, values(FeatureLayer.AVG, other.id().length())));
      write(() -> photos().addPixels(other, Map.of(content, pixels)));
      write(
          () ->
              photos()
                  .addFeatures(extractor, other, StoredType.FLOAT32, Map.of(content, features)));

      assertThat(photos().pixels(other, asked)).isEqualTo(Map.of(content, pixels));
      assertThat(
              photos()
                  .features(extractor, other, StoredType.FLOAT32, FeatureLayer.AVG, asked)
                  .get(content))
          .isEqualTo(features.bytesOf(FeatureLayer.AVG));
    }
    assertThat(photos().pixels(Rendering.KERAS, asked)).isEqualTo(Map.of(content, pixels(content)));
    assertThat(
            photos()
                .features(extractor, Rendering.KERAS, StoredType.FLOAT32, FeatureLayer.AVG, asked)
                .get(content))
        .isEqualTo(keras.bytesOf(FeatureLayer.AVG));
  }

  @Test
  void neverMixesStoredTypes() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    List<ContentHash> asked = List.of(content);
    Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG);
    PhotoFeatures features = features(FeatureLayer.AVG);
    Map<ContentHash, PhotoFeatures> added = Map.of(content, features);

    for (StoredType stored : StoredType.values()) {
      assertThat(photos().withFeatures(extractor, Rendering.KERAS, stored, layers, asked))
          .isEmpty();
      assertThat(photos().features(extractor, Rendering.KERAS, stored, FeatureLayer.AVG, asked))
          .isEmpty();
      write(() -> photos().addFeatures(extractor, Rendering.KERAS, stored, added));
      assertThat(photos().withFeatures(extractor, Rendering.KERAS, stored, layers, asked))
          .containsExactly(content);
    }

    assertThat(avg(extractor, StoredType.FLOAT32, content))
        .isEqualTo(features.of(FeatureLayer.AVG));
    assertThat(avg(extractor, StoredType.FLOAT16, content))
        .isEqualTo(rounded(features.of(FeatureLayer.AVG)))
        .isNotEqualTo(features.of(FeatureLayer.AVG));
  }

  /** To whole steps of the 11 bits that a half has; the values lie between 1 and 128. */
  private static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float step = Math.ulp(values[i]) * (1 << 13);
      rounded[i] = step * (float) Math.rint(values[i] / step);
    }
    return rounded;
  }

  /** Beside the largest and the smallest there are infinities and a NaN, which halves have too. */
  @Test
  void keepsHalvesAsTheyAre() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    float[] values = new float[FeatureLayer.AVG.length()];
    float[] halves = {
      -0.0f, 65_504, -65_504, 0x1p-24f, 0x3ffp-24f, Float.NEGATIVE_INFINITY, Float.NaN, 1 / 4f
    };
    System.arraycopy(halves, 0, values, 0, halves.length);
    PhotoFeatures features = new PhotoFeatures(Map.of(FeatureLayer.AVG, values));

    write(
        () ->
            photos()
                .addFeatures(
                    extractor, Rendering.KERAS, StoredType.FLOAT16, Map.of(content, features)));

    assertThat(avg(extractor, StoredType.FLOAT16, content)).isEqualTo(values);
  }

  @Test
  void refusesWhatATypeCannotHold() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    float[] values = new float[FeatureLayer.FC1.length()];
    values[7] = 65_520;
    PhotoFeatures features = new PhotoFeatures(Map.of(FeatureLayer.FC1, values));

    assertThatThrownBy(
            () ->
                write(
                    () ->
                        photos()
                            .addFeatures(
                                extractor,
                                Rendering.KERAS,
                                StoredType.FLOAT16,
                                Map.of(content, features))))
        .hasStackTraceContaining("layer fc1 has the value 65520.0");

    assertThat(
            photos()
                .features(
                    extractor,
                    Rendering.KERAS,
                    StoredType.FLOAT16,
                    FeatureLayer.FC1,
                    List.of(content)))
        .isEmpty();
  }

  private float[] avg(ExtractorIdentity extractor, StoredType stored, ContentHash content) {
    byte[] row =
        photos()
            .features(extractor, Rendering.KERAS, stored, FeatureLayer.AVG, List.of(content))
            .get(content);
    float[] values = new float[row.length / Float.BYTES];
    ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static PhotoFeatures features(FeatureLayer... layers) {
    Map<FeatureLayer, float[]> values = new java.util.EnumMap<>(FeatureLayer.class);
    Arrays.stream(layers).forEach(layer -> values.put(layer, values(layer, layer.ordinal())));
    return new PhotoFeatures(values);
  }

  private static float[] values(FeatureLayer layer, int seed) {
    float[] values = new float[layer.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = seed + i / 7.0f;
    }
    return values;
  }

  private PhotoRepository photos() {
    return repositories().photos();
  }

  private static final Set<FeatureLayer> BOTH = Set.of(FeatureLayer.AVG, FeatureLayer.FC1);

  private static Recipe recipe(Rendering rendering, StoredType stored, FeatureLayer... layers) {
    Recipe like = Recipe.TUTORIAL;
    return new Recipe(
        like.captions(),
        like.fitOn(),
        like.limit(),
        like.cleaning(),
        like.minCount(),
        like.startEnd(),
        like.outOfVocabulary(),
        like.filter(),
        like.extractor(),
        Set.of(layers),
        rendering,
        like.precision(),
        stored);
  }

  private static Recipe recipe(FeatureLayer... layers) {
    return recipe(Rendering.KERAS, StoredType.FLOAT32, layers);
  }

  /** A published preparation of one photo. */
  private Preparation published(
      ContentHash content, Recipe recipe, Optional<ExtractorIdentity> extractor) {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    addEncoded(key, content);
    return publish(job, key, recipe, extractor);
  }

  private void delete(Preparation preparation) {
    write(() -> repositories().preparations().delete(preparation.id()));
    cleanUp();
  }

  /** Keeps both layers in both types and two renderings. */
  private void keepAll(ExtractorIdentity extractor, ContentHash content) {
    Map<ContentHash, PhotoFeatures> both =
        Map.of(content, features(FeatureLayer.AVG, FeatureLayer.FC1));
    for (Rendering rendering : List.of(Rendering.KERAS, BICUBIC)) {
      for (StoredType stored : StoredType.values()) {
        write(() -> photos().addFeatures(extractor, rendering, stored, both));
      }
    }
  }

  private static final Rendering BICUBIC = new Rendering(Resize.BICUBIC, false);

  /** What of {@link #keepAll} is kept, as {@code rendering stored layer}. */
  private Set<String> kept(ExtractorIdentity extractor, ContentHash content) {
    Set<String> kept = new TreeSet<>();
    for (Rendering rendering : List.of(Rendering.KERAS, BICUBIC)) {
      for (StoredType stored : StoredType.values()) {
        for (FeatureLayer layer : BOTH) {
          if (!photos()
              .withFeatures(extractor, rendering, stored, Set.of(layer), List.of(content))
              .isEmpty()) {
            kept.add(String.join(" ", rendering.id(), stored.id(), layer.id()));
          }
        }
      }
    }
    return kept;
  }

  @Test
  void purgesFeaturesThatOnlyDeletedPreparationsReferTo() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    keepAll(extractor, content);
    Preparation first = published(content, recipe(FeatureLayer.AVG), Optional.of(extractor));
    Preparation second = published(content, recipe(FeatureLayer.AVG), Optional.of(extractor));

    delete(first);
    assertThat(kept(extractor, content)).containsExactly("nearest float32 avg");

    delete(second);
    assertThat(kept(extractor, content)).isEmpty();
  }

  @Test
  void keepsJustWhatAnotherPreparationRefersTo() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    keepAll(extractor, content);
    Preparation deleted =
        published(content, recipe(FeatureLayer.AVG, FeatureLayer.FC1), Optional.of(extractor));
    published(
        content, recipe(BICUBIC, StoredType.FLOAT16, FeatureLayer.FC1), Optional.of(extractor));
    published(content, recipe(FeatureLayer.AVG, FeatureLayer.FC1), Optional.of(uniqueExtractor()));
    published(newContent(), recipe(FeatureLayer.AVG), Optional.of(extractor));
    published(content, recipe(), Optional.empty());

    delete(deleted);

    assertThat(kept(extractor, content)).containsExactly("bicubic float16 fc1");
  }

  @Test
  void keepsEverythingOfAPhotoThatAPreparationInTheMakingHas() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    keepAll(extractor, content);
    Preparation deleted = published(content, recipe(FeatureLayer.AVG), Optional.of(extractor));
    Job job = newJob();
    PreparationKey making = newPreparation(job);
    addEncoded(making, content);

    delete(deleted);
    assertThat(kept(extractor, content)).hasSize(8);

    publish(job, making, recipe(FeatureLayer.FC1), Optional.of(extractor));
    cleanUp();
    assertThat(kept(extractor, content)).containsExactly("nearest float32 fc1");
  }

  @Test
  void purgesWhatADiscardedPreparationReferredTo() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    keepAll(extractor, content);
    Preparation deleted = published(content, recipe(FeatureLayer.AVG), Optional.of(extractor));
    Job job = newJob();
    addEncoded(newPreparation(job), content);
    delete(deleted);

    write(() -> repositories().preparations().discard(job.id()));
    cleanUp();

    assertThat(kept(extractor, content)).isEmpty();
  }

  @Test
  void keepsThePixelsOfAPreparationThatWasDeleted() {
    Job job = newJob();
    ContentHash content = newPhoto(newSnapshot(job), "a");
    PreparationKey key = newPreparation(job);
    addEncoded(key, content);

    delete(publish(job, key, recipe(), Optional.empty()));

    assertThat(photos().withPixels(Rendering.KERAS, List.of(content))).containsExactly(content);
  }

  @Test
  void purgesPixelsOfEveryRenderingWithTheLastSnapshotThatHasThePhoto() {
    Job first = newJob();
    ContentHash shared = newPhoto(newSnapshot(first), "a");
    SnapshotId discarded = newSnapshot(newJob(first.dataset()));
    ContentHash own = newPhoto(discarded, "b");
    Job second = newJob();
    SnapshotId snapshot = newSnapshot(second);
    write(() -> repositories().snapshots().addPhotos(snapshot, List.of(photo("c", shared))));
    for (ContentHash content : List.of(shared, own)) {
      write(() -> photos().addPixels(BICUBIC, Map.of(content, pixels(content))));
    }

    write(() -> repositories().snapshots().discard(discarded));
    cleanUp();
    assertThat(withPixels(shared, own)).isEqualTo(Set.of(shared));

    write(() -> repositories().datasets().delete(first.dataset()));
    cleanUp();
    assertThat(withPixels(shared, own)).isEqualTo(Set.of(shared));

    write(() -> repositories().datasets().delete(second.dataset()));
    cleanUp();
    assertThat(withPixels(shared, own)).isEmpty();
  }

  /** Those that have pixels in two renderings; none may have them in one. */
  private Set<ContentHash> withPixels(ContentHash... contents) {
    Set<ContentHash> kept = photos().withPixels(Rendering.KERAS, List.of(contents));
    assertThat(photos().withPixels(BICUBIC, List.of(contents))).isEqualTo(kept);
    return kept;
  }

  @Test
  void purgesNothingThatNeverWasReferredTo() {
    ExtractorIdentity extractor = uniqueExtractor();
    ContentHash content = newContent();
    keepAll(extractor, content);

    cleanUp();

    assertThat(kept(extractor, content)).hasSize(8);
    assertThat(photos().withPixels(Rendering.KERAS, List.of(content))).containsExactly(content);
  }

  @Test
  void purgesAPartAtATime() {
    cleanUp();
    ExtractorIdentity extractor = uniqueExtractor();
    List<ContentHash> contents = List.of(newContent(), newContent(), newContent());
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    for (ContentHash content : contents) {
      keepAll(extractor, content);
      addEncoded(key, content);
    }
    Preparation preparation = publish(job, key, recipe(FeatureLayer.AVG), Optional.of(extractor));
    write(() -> repositories().preparations().delete(preparation.id()));
    while (written(() -> repositories().preparations().sweep(1)) > 0) {
      // the next row
    }

    assertThat(written(() -> photos().purge(2))).isEqualTo(2);
    assertThat(contents).filteredOn(content -> kept(extractor, content).isEmpty()).hasSize(2);
    assertThat(written(() -> photos().purge(2))).isEqualTo(1);
    assertThat(contents).allMatch(content -> kept(extractor, content).isEmpty());
    assertThat(written(() -> photos().purge(2))).isZero();
  }

  @Test
  void holdsWithinAUnitOfWorkAndWithoutOne() {
    ContentHash content = uniqueHash();

    photos().hold();
    write(
        () -> {
          photos().hold();
          photos().addPixels(Rendering.KERAS, Map.of(content, pixels(content)));
        });

    assertThat(photos().withPixels(Rendering.KERAS, List.of(content))).containsExactly(content);
    assertThat(written(() -> photos().purge(1))).isZero();
  }
}
