package org.captionary.domain.photo;

class FakeFeatureExtractorTest extends FeatureExtractorContract {

  @Override
  protected FeatureExtractor extractor() {
    return new FakeFeatureExtractor();
  }

  @Override
  protected FeatureExtractor freshExtractor() {
    return new FakeFeatureExtractor();
  }
}
