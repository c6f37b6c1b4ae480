package org.captionary.domain.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A decoded photo at VGG16's input size: {@value #HEIGHT} rows of {@value #WIDTH} pixels, each red,
 * green, blue, one unsigned byte a channel (shape 224 x 224 x 3, C order).
 */
public final class Pixels {

  public static final int HEIGHT = 224;
  public static final int WIDTH = 224;
  public static final int CHANNELS = 3;
  public static final int LENGTH = HEIGHT * WIDTH * CHANNELS;

  /** Means of ImageNet by blue, green, red, as Keras's {@code preprocess_input} in mode caffe. */
  private static final float[] MEANS_BGR = {103.939f, 116.779f, 123.68f};

  private final byte[] rgb;

  /**
   * @param rgb {@value #LENGTH} bytes, not copied: the caller leaves them alone from here on
   */
  public Pixels(byte[] rgb) {
    if (rgb.length != LENGTH) {
      throw new IllegalArgumentException(LENGTH + " bytes expected, not " + rgb.length);
    }
    this.rgb = rgb;
  }

  /** The bytes themselves, red first; not a copy. */
  public byte[] rgb() {
    return rgb;
  }

  /**
   * What VGG16 is fed: channels turned to blue, green, red, the means taken off (Keras {@code
   * keras.applications.vgg16.preprocess_input}). Shape 224 x 224 x 3, channels last.
   */
  public float[] toVgg16Input() {
    float[] input = new float[LENGTH];
    for (int i = 0; i < LENGTH; i += CHANNELS) {
      input[i] = (rgb[i + 2] & 0xff) - MEANS_BGR[0];
      input[i + 1] = (rgb[i + 1] & 0xff) - MEANS_BGR[1];
      input[i + 2] = (rgb[i] & 0xff) - MEANS_BGR[2];
    }
    return input;
  }

  /** {@link #toVgg16Input()} as little-endian float32 bytes. */
  public byte[] toVgg16InputBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(toVgg16Input());
    return bytes.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pixels pixels && Arrays.equals(rgb, pixels.rgb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rgb);
  }
}
