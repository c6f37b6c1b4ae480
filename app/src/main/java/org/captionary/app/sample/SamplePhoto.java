package org.captionary.app.sample;

import java.io.IOException;
import java.util.List;

/**
 * One photo of a sample: decided by the sample's seed, the photo's number and the image's size, and
 * by nothing else.
 *
 * @param number from 0
 * @param fileName in Flickr's manner, {@code 1000000001_abcdef0123.jpg}
 * @param captions five sentences
 */
record SamplePhoto(int number, String fileName, Scene scene, List<String> captions, long grain) {

  private static final long FIRST_FLICKR_ID = 1_000_000_000L;
  private static final long SECRET_MASK = (1L << 40) - 1;

  static SamplePhoto of(long seed, int number, int width, int height) {
    SplitMix64 random = SplitMix64.ofPhoto(seed, number);
    String fileName = fileName(seed, number, random);
    Scene scene = SceneComposer.compose(width, height, random);
    List<String> captions = CaptionWriter.describe(scene, random);
    return new SamplePhoto(number, fileName, scene, captions, random.nextLong());
  }

  /** The bytes of the photo's file. */
  byte[] jpeg() throws IOException {
    int[] pixels = ScenePainter.paint(scene, new SplitMix64(grain));
    return JpegEncoder.encode(pixels, scene.width(), scene.height());
  }

  /** One of every eight photos, in turn, is for development and one for tests: 6000/1000/1000. */
  SampleSplit split() {
    return switch (number % 8) {
      case 1 -> SampleSplit.DEV;
      case 2 -> SampleSplit.TEST;
      default -> SampleSplit.TRAIN;
    };
  }

  private static String fileName(long seed, int number, SplitMix64 random) {
    long id =
        FIRST_FLICKR_ID + Integer.toUnsignedLong(scramble(number, (int) SplitMix64.mix(seed)));
    return String.format(
        java.util.Locale.ROOT, "%d_%010x.jpg", id, random.nextLong() & SECRET_MASK);
  }

  /** A permutation of the 32-bit numbers (MurmurHash3's last step): no two photos share a name. */
  private static int scramble(int number, int key) {
    int h = number ^ key;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }
}
