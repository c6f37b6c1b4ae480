package org.captionary.inference.vgg16;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.Test;

class OneDnnEngineTest extends EngineContract {

  OneDnnEngineTest() {
    super(EngineChoice.ONEDNN);
  }

  /** Where the processor has none, that is what is said. */
  @Test
  void bfloat16IsAnotherExtractorWithinAHundredth() {
    FeatureExtractor exact = extractor();
    if (!OneDnnEngine.computesBfloat16(EngineSettings.defaults())) {
      assertThat(exact.at(Precision.BFLOAT16)).isEmpty();
      return;
    }
    FeatureExtractor rough = exact.at(Precision.BFLOAT16).orElseThrow();
    assertThat(rough.identity().precision()).isEqualTo("bfloat16");
    assertThat(rough.identity()).isNotEqualTo(exact.identity());
    assertThat(exact.at(Precision.BFLOAT16)).containsSame(rough);
    assertThat(rough.at(Precision.BFLOAT16)).containsSame(rough);
    List<Pixels> photos = List.of(photo(1), photo(2), photo(3));
    EnumSet<FeatureLayer> layers = EnumSet.allOf(FeatureLayer.class);
    var expected = exact.extract(photos, layers);
    var found = rough.extract(photos, layers);
    for (FeatureLayer layer : layers) {
      double error = Engines.relativeError(found.get(2).of(layer), expected.get(2).of(layer));
      assertThat(error).as(layer.id()).isBetween(1e-4, 2e-2);
      assertThat(rough.extract(photos.subList(2, 3), layers).get(0).bytesOf(layer))
          .isEqualTo(found.get(2).bytesOf(layer));
    }
  }

  /** Each has a thread, memory and OpenMP's workers of its own. */
  @Test
  void bothPrecisionsAtOnceGiveWhatEachGivesAlone() {
    List<FeatureExtractor> extractors =
        Stream.of(Precision.values()).flatMap(p -> extractor().at(p).stream()).toList();
    List<byte[]> alone = extractors.stream().map(OneDnnEngineTest::avg).toList();
    List<CompletableFuture<byte[]>> together =
        extractors.stream()
            .map(
                one ->
                    CompletableFuture.supplyAsync(() -> avg(one), task -> new Thread(task).start()))
            .toList();
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i).join()).isEqualTo(alone.get(i));
    }
  }

  private static byte[] avg(FeatureExtractor extractor) {
    List<Pixels> photos = IntStream.range(0, 8).mapToObj(seed -> photo(seed)).toList();
    return extractor.extract(photos, Set.of(FeatureLayer.AVG)).get(7).bytesOf(FeatureLayer.AVG);
  }
}
