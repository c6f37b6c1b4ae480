package org.captionary.inference.network;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A row vector as ND4J writes it: its shape and its values, each a buffer of a head (how it was
 * allocated, length, type) and big-endian numbers. In it follow, layer by layer, a convolution's
 * bias and its kernel (outputs, inputs, height, width), or a dense layer's kernel, output by
 * output, and its bias.
 */
final class ZooParameters {

  /** Up to version 0.9 a length had 4 bytes. */
  private static final Set<String> SHORT_LENGTH = Set.of("DIRECT", "HEAP", "JAVACPP");

  private static final Map<String, Integer> SHAPE_BYTES = Map.of("INT", 4, "LONG", 8);

  /** Outputs of a dense layer that are turned at once: 13 MB of fc1. */
  private static final int OUTPUTS = 128;

  private final Path file;
  private final DataInputStream in;

  /**
   * @param file that it comes from, for what is said of it
   */
  ZooParameters(Path file, DataInputStream in) {
    this.file = file;
    this.in = in;
  }

  private record Head(long length, String type) {}

  /** Writes all layers in Keras's order, each to its place. */
  void write(ZooConfiguration configuration, Map<WeightedLayer, StoredLayer> places, Path target)
      throws IOException {
    skipShape();
    requireValues(configuration);
    try (FloatFile out = new FloatFile(target)) {
      for (WeightedLayer layer : configuration.layers()) {
        if (layer.isConvolution()) {
          writeConvolution(layer, places.get(layer), out);
        } else {
          writeDense(layer, configuration.channelsFirst(), places.get(layer), out);
        }
      }
    } catch (EOFException e) {
      throw new UnusableWeightsException(file + " is cut off: its coefficients end early", e);
    }
  }

  private Head head() throws IOException {
    boolean isShort = SHORT_LENGTH.contains(in.readUTF());
    long length = isShort ? in.readInt() : in.readLong();
    return new Head(length, in.readUTF());
  }

  private void skipShape() throws IOException {
    Head shape = head();
    Integer bytes = SHAPE_BYTES.get(shape.type());
    if (bytes == null) {
      throw new UnusableWeightsException(file + ": its coefficients.bin is none of ND4J's");
    }
    in.skipNBytes(bytes * shape.length());
  }

  /** A softmax layer may follow, which is not read. */
  private void requireValues(ZooConfiguration configuration) throws IOException {
    Head values = head();
    long needed =
        configuration.layers().stream().mapToLong(l -> l.kernelLength() + (long) l.outputs()).sum();
    if (!values.type().equals("FLOAT") || values.length() < needed) {
      throw new UnusableWeightsException(
          "%s: %d numbers of type FLOAT are needed, but it has %d of type %s"
              .formatted(file, needed, values.length(), values.type()));
    }
  }

  private float[] next(int count) throws IOException {
    byte[] bytes = in.readNBytes(4 * count);
    if (bytes.length < 4 * count) {
      throw new EOFException();
    }
    float[] values = new float[count];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  private void writeConvolution(WeightedLayer layer, StoredLayer place, FloatFile out)
      throws IOException {
    out.write(place.bias(), next(layer.outputs()));
    float[] kernel = next(layer.kernelLength());
    out.write(place.kernel(), ZooOrder.convolution(kernel, layer.kernelShape()));
  }

  private void writeDense(
      WeightedLayer layer, boolean channelsFirst, StoredLayer place, FloatFile out)
      throws IOException {
    int inputs = layer.fanIn();
    int[] rows =
        layer.kerasName().equals("fc1") && channelsFirst
            ? ZooOrder.rowsOfChannelsFirst(7, 7, 512)
            : ZooOrder.sameRows(inputs);
    for (int from = 0; from < layer.outputs(); from += OUTPUTS) {
      float[] turned = ZooOrder.dense(next(inputs * OUTPUTS), rows);
      for (int row = 0; row < inputs; row++) {
        long at = place.kernel() + 4L * ((long) row * layer.outputs() + from);
        out.write(at, turned, row * OUTPUTS, OUTPUTS);
      }
    }
    out.write(place.bias(), next(layer.outputs()));
  }
}
