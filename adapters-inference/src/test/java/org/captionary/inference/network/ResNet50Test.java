package org.captionary.inference.network;

import org.captionary.domain.photo.Network;
import org.junit.jupiter.api.Nested;

class ResNet50Test {

  @Nested
  class ByDl4j extends EngineContract {
    ByDl4j() {
      super(Network.RESNET50, EngineChoice.DL4J);
    }
  }

  @Nested
  class ByOneDnn extends OneDnnContract {
    ByOneDnn() {
      super(Network.RESNET50);
    }
  }
}
