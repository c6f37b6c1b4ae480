package org.captionary.inference.vgg16;

import static org.assertj.core.api.Assertions.assertThat;

import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest extends EngineContract {

  Dl4jEngineTest() {
    super(EngineChoice.DL4J);
  }

  @Test
  void computesInFloat32Only() {
    assertThat(extractor().at(Precision.FLOAT32)).containsSame(extractor());
    assertThat(extractor().at(Precision.BFLOAT16)).isEmpty();
  }
}
