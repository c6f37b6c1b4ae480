package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link FeatureExtractor} keeps. The extractor may be shared by all tests. */
public abstract class FeatureExtractorContract {

  /** What it stands for. */
  protected abstract Network network();

  protected abstract FeatureExtractor extractor();

  /** Another one with the same weights, as after a restart. */
  protected abstract FeatureExtractor freshExtractor();

  private Set<FeatureLayer> allLayers() {
    return network().layers();
  }

  /** The first layer is that of the last places. */
  private FeatureLayer places() {
    return network().layers().iterator().next();
  }

  /** Pixels drawn from a seed. */
  protected static Pixels photo(int seed) {
    byte[] rgb = new byte[Pixels.LENGTH];
    new SplittableRandom(seed).nextBytes(rgb);
    return new Pixels(rgb);
  }

  @Test
  void givesJustTheLayersAskedForWithTheSameBitsWhateverElseIsAskedFor() {
    PhotoFeatures all = extractor().extract(List.of(photo(1)), allLayers()).get(0);
    assertThat(all.layers()).isEqualTo(allLayers());
    for (FeatureLayer layer : allLayers()) {
      PhotoFeatures alone = extractor().extract(List.of(photo(1)), Set.of(layer)).get(0);
      assertThat(alone.layers()).containsExactly(layer);
      assertThat(alone.bytesOf(layer)).as(layer.id()).isEqualTo(all.bytesOf(layer));
    }
  }

  @Test
  void hasTheLayersOfItsNetwork() {
    assertThat(extractor().layers()).isEqualTo(allLayers());
  }

  @Test
  void givesNothingForNoPhotos() {
    assertThat(extractor().extract(List.of(), allLayers())).isEmpty();
  }

  @Test
  void refusesAnEmptySetOfLayers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> extractor().extract(List.of(photo(1)), Set.of()));
  }

  @Test
  void avgIsTheMeanOfTheLastPlaces() {
    PhotoFeatures features = extractor().extract(List.of(photo(2)), allLayers()).get(0);
    float[] places = features.of(places());
    float[] means = features.of(network().avg());
    for (int channel = 0; channel < means.length; channel++) {
      double sum = 0;
      for (int i = channel; i < places.length; i += means.length) {
        sum += places[i];
      }
      assertThat((double) means[channel]).isCloseTo(sum / 49, withinPercentage(1e-4));
    }
  }

  @Test
  void theBitsDependOnThePhotoAloneNotOnTheOthersTheOrderOrARestart() {
    List<Pixels> photos = IntStream.range(0, 11).mapToObj(seed -> photo(seed)).toList();
    List<PhotoFeatures> together = extractor().extract(photos, allLayers());
    assertThat(together.get(0).of(network().avg()))
        .isNotEqualTo(together.get(1).of(network().avg()));

    assertSameBits(extractor().extract(photos.subList(9, 10), allLayers()).get(0), together.get(9));
    assertSameBits(
        extractor().extract(reversed(photos.subList(6, 9)), allLayers()),
        reversed(together.subList(6, 9)));
    assertSameBits(
        freshExtractor().extract(photos.subList(6, 8), allLayers()), together.subList(6, 8));
  }

  @Test
  void extractsInSeveralThreadsAtOnce() throws Exception {
    FeatureExtractor extractor = extractor();
    Set<FeatureLayer> layers = Set.of(network().avg());
    PhotoFeatures alone = extractor.extract(List.of(photo(5)), layers).get(0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<PhotoFeatures> task = () -> extractor.extract(List.of(photo(5)), layers).get(0);
      for (Future<PhotoFeatures> features : threads.invokeAll(Collections.nCopies(2, task))) {
        assertSameBits(features.get(), alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void hasOneIdentity() {
    assertThat(extractor().identity()).isEqualTo(freshExtractor().identity());
  }

  private static void assertSameBits(List<PhotoFeatures> found, List<PhotoFeatures> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertSameBits(found.get(i), expected.get(i));
    }
  }

  private static void assertSameBits(PhotoFeatures found, PhotoFeatures expected) {
    assertThat(found.layers()).isEqualTo(expected.layers());
    for (FeatureLayer layer : expected.layers()) {
      assertThat(found.bytesOf(layer)).as(layer.id()).isEqualTo(expected.bytesOf(layer));
    }
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
