package org.captionary.domain.photo;

import org.junit.jupiter.api.Nested;

class FakeFeatureExtractorTest {

  @Nested
  class Vgg16 extends Fakes {
    Vgg16() {
      super(Network.VGG16);
    }
  }

  @Nested
  class ResNet50 extends Fakes {
    ResNet50() {
      super(Network.RESNET50);
    }
  }

  abstract static class Fakes extends FeatureExtractorContract {

    private final Network network;

    Fakes(Network network) {
      this.network = network;
    }

    @Override
    protected Network network() {
      return network;
    }

    @Override
    protected FeatureExtractor extractor() {
      return new FakeFeatureExtractor(network);
    }

    @Override
    protected FeatureExtractor freshExtractor() {
      return new FakeFeatureExtractor(network);
    }
  }
}
