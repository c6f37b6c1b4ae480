package org.captionary.inference.vgg16;

class OneDnnEngineTest extends EngineContract {

  OneDnnEngineTest() {
    super(EngineChoice.ONEDNN);
  }
}
