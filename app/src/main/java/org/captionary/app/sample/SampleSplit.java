package org.captionary.app.sample;

/** The lists that Flickr8k divides its photos into, and the files they are in. */
enum SampleSplit {
  TRAIN("Flickr_8k.trainImages.txt"),
  DEV("Flickr_8k.devImages.txt"),
  TEST("Flickr_8k.testImages.txt");

  private final String fileName;

  SampleSplit(String fileName) {
    this.fileName = fileName;
  }

  String fileName() {
    return fileName;
  }
}
