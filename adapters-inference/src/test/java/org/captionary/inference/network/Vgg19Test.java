package org.captionary.inference.network;

import org.captionary.domain.photo.Network;
import org.junit.jupiter.api.Nested;

class Vgg19Test {

  @Nested
  class ByDl4j extends EngineContract {
    ByDl4j() {
      super(Network.VGG19, EngineChoice.DL4J);
    }
  }

  @Nested
  class ByOneDnn extends OneDnnContract {
    ByOneDnn() {
      super(Network.VGG19);
    }
  }
}
