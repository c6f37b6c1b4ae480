package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.junit.jupiter.api.Test;

/** On deeplearning4j it is computed as VGG16, whose test keeps the rest of the contract there. */
class Vgg19Test extends OneDnnContract {

  Vgg19Test() {
    super(Network.VGG19);
  }

  @Test
  void deeplearning4jAgrees() {
    List<Pixels> photos = List.of(photo(1), photo(2));
    PhotoFeatures expected = extractor().extract(photos, network().layers()).get(1);
    EngineSettings dl4j = EngineSettings.of(EngineChoice.DL4J);
    try (NetworkExtractor other = NetworkExtractor.untrained(Network.VGG19, dl4j)) {
      PhotoFeatures found = other.extract(photos, network().layers()).get(1);
      for (FeatureLayer layer : network().layers()) {
        assertThat(Engines.relativeError(found.of(layer), expected.of(layer)))
            .as(layer.id())
            .isLessThan(1e-5);
      }
    }
  }
}
