package org.captionary.domain.photo;

class FakePhotoDecoderTest extends PhotoDecoderContract {

  @Override
  protected PhotoDecoder decoder() {
    return new FakePhotoDecoder();
  }

  @Override
  protected byte[] photo(int seed) {
    return FakePhotoDecoder.file("photo " + seed);
  }
}
