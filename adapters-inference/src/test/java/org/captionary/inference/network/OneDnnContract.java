package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.Test;

/** What a network keeps on oneDNN besides. */
abstract class OneDnnContract extends EngineContract {

  OneDnnContract(Network network) {
    super(network, EngineChoice.ONEDNN);
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
    Set<FeatureLayer> layers = network().layers();
    var expected = exact.extract(photos, layers);
    var found = rough.extract(photos, layers);
    for (FeatureLayer layer : layers) {
      double error = Engines.relativeError(found.get(2).of(layer), expected.get(2).of(layer));
      assertThat(error).as(layer.id()).isBetween(1e-4, 2e-2);
      assertThat(rough.extract(photos.subList(2, 3), layers).get(0).bytesOf(layer))
          .isEqualTo(found.get(2).bytesOf(layer));
    }
  }
}
