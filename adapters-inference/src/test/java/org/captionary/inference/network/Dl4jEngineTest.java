package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest extends EngineContract {

  Dl4jEngineTest() {
    super(Network.VGG16, EngineChoice.DL4J);
  }

  @Test
  void computesInFloat32Only() {
    assertThat(extractor().at(Precision.FLOAT32)).containsSame(extractor());
    assertThat(extractor().at(Precision.BFLOAT16)).isEmpty();
  }
}
