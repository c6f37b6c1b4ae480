package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.Test;

class OneDnnEngineTest extends OneDnnContract {

  OneDnnEngineTest() {
    super(Network.VGG16);
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
