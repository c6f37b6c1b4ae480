package org.captionary.inference.vgg16;

class Dl4jEngineTest extends EngineContract {

  Dl4jEngineTest() {
    super(EngineChoice.DL4J);
  }
}
