package org.captionary.domain.training;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.EncodedCaption;

/** Lays one preparation into memory, photo by photo in the order of ids. */
final class SmallPreparation {

  private static final PreparationKey KEY = new PreparationKey(1);
  private static final ExtractorIdentity EXTRACTOR =
      new ExtractorIdentity("vgg16", "untrained", hash("weights"), "float32");

  private final InMemoryRepositories repositories = new InMemoryRepositories();
  private final ExampleNumbering numbering = new ExampleNumbering(ExampleTotals.NONE);

  SmallPreparation photo(String id, Split split, boolean file, int[]... encoded) {
    return photo(id, Optional.of(split), file, List.of(encoded));
  }

  SmallPreparation photo(String id, Optional<Split> split, boolean file, List<int[]> encoded) {
    Optional<ContentHash> content = file ? Optional.of(hash(id)) : Optional.empty();
    content.ifPresent(c -> addPhoto(id, c));
    return describe(id, split, content, encoded);
  }

  /** With a file of which nothing is stored. */
  SmallPreparation photoWithNothingStored(String id, int[] encoded) {
    return describe(id, Optional.empty(), Optional.of(hash(id)), List.of(encoded));
  }

  private SmallPreparation describe(
      String id, Optional<Split> split, Optional<ContentHash> content, List<int[]> encoded) {
    List<EncodedCaption> captions = encoded.stream().map(EncodedCaption::new).toList();
    repositories
        .examples()
        .add(
            KEY,
            List.of(
                numbering.number(new Described<>(new PhotoId(id), split, content, 0, captions))),
            ExampleTotals.NONE);
    return this;
  }

  private void addPhoto(String id, ContentHash content) {
    repositories.photos().addPixels(Rendering.KERAS, Map.of(content, pixelsOf(id)));
    Map<FeatureLayer, float[]> layers = new EnumMap<>(FeatureLayer.class);
    for (FeatureLayer layer : Network.VGG16.layers()) {
      layers.put(layer, features(layer, id));
    }
    repositories
        .photos()
        .addFeatures(
            EXTRACTOR,
            Rendering.KERAS,
            StoredType.FLOAT32,
            Map.of(content, new PhotoFeatures(layers)));
  }

  /** Keeps photos' features as halves too, and gives the same set with these. */
  TrainingSet inHalves(TrainingSet set, String... ids) {
    for (String id : ids) {
      Map<FeatureLayer, float[]> layers = new EnumMap<>(FeatureLayer.class);
      set.layers().forEach(layer -> layers.put(layer, features(layer, id)));
      repositories
          .photos()
          .addFeatures(
              EXTRACTOR,
              Rendering.KERAS,
              StoredType.FLOAT16,
              Map.of(hash(id), new PhotoFeatures(layers)));
    }
    return new TrainingSet(
        set.key(),
        set.vocabularySize(),
        set.maxLength(),
        set.figures(),
        set.extractor(),
        set.rendering(),
        StoredType.FLOAT16,
        set.layers());
  }

  TrainingSet trainingSet(int vocabularySize, int maxLength, FeatureLayer... layers) {
    return new TrainingSet(
        KEY,
        vocabularySize,
        maxLength,
        repositories.examples().figures(KEY),
        layers.length == 0 ? Optional.empty() : Optional.of(EXTRACTOR),
        Rendering.KERAS,
        StoredType.FLOAT32,
        List.of(layers));
  }

  ExampleRepository examples() {
    return repositories.examples();
  }

  BatchReader reader(long maxBytes) {
    return new BatchReader(
        repositories.examples(),
        repositories.photos(),
        maxBytes,
        20_000,
        RowMemory.onHeap(),
        Runnable::run);
  }

  BatchReader readerThatKeeps(long bytes, RowMemory memory) {
    return new BatchReader(
        repositories.examples(), repositories.photos(), 1L << 40, bytes, memory, Runnable::run);
  }

  WholeText wholeText() {
    return new WholeText(repositories.examples());
  }

  /** The rows of the photos one behind the other, as they are sent. */
  byte[] featuresOf(FeatureLayer layer, String... ids) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (String id : ids) {
      rows.writeBytes(new PhotoFeatures(Map.of(layer, features(layer, id))).bytesOf(layer));
    }
    return rows.toByteArray();
  }

  Pixels pixelsOf(String id) {
    byte[] rgb = new byte[Pixels.LENGTH];
    Arrays.fill(rgb, (byte) id.hashCode());
    rgb[0] = 1;
    rgb[2] = (byte) 200;
    return new Pixels(rgb);
  }

  private static float[] features(FeatureLayer layer, String id) {
    float[] values = new float[layer.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = id.hashCode() + i / 3.0f;
    }
    return values;
  }

  private static ContentHash hash(String text) {
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
