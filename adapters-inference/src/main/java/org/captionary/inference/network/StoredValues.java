package org.captionary.inference.network;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Weights that lie as plain float32 in a file. They are read anew each time, never kept, and only
 * while the file is the one that was opened.
 */
final class StoredValues implements LayerValues {

  private static final int PART = 1 << 20;

  private final Path file;
  private final FileStamp stamp;
  private final ByteOrder order;
  private final Map<WeightedLayer, StoredLayer> layers;

  StoredValues(Path file, ByteOrder order, Map<WeightedLayer, StoredLayer> layers) {
    this.file = file;
    this.stamp = FileStamp.of(file);
    this.order = order;
    this.layers = Map.copyOf(layers);
    layers.forEach(this::requireWhole);
  }

  private void requireWhole(WeightedLayer layer, StoredLayer place) {
    long end =
        Math.max(place.kernel() + 4L * layer.kernelLength(), place.bias() + 4L * layer.outputs());
    if (end > stamp.size()) {
      throw new UnusableWeightsException(
          "%s is cut off: %s should end at byte %d, but the file has %d"
              .formatted(file, layer.kerasName(), end, stamp.size()));
    }
  }

  @Override
  public Set<WeightedLayer> layers() {
    return layers.keySet();
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    read(layers.get(layer).kernel() + 4L * from, into);
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    float[] bias = new float[layer.outputs()];
    read(layers.get(layer).bias(), bias);
    return bias;
  }

  private void read(long from, float[] into) {
    if (!FileStamp.of(file).equals(stamp)) {
      throw new UnusableWeightsException(file + " was changed since the service was started");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * Math.min(PART, into.length)).order(order);
      for (int done = 0; done < into.length; done += PART) {
        int length = Math.min(PART, into.length - done);
        fill(channel, from + 4L * done, bytes.clear().limit(4 * length));
        bytes.asFloatBuffer().get(into, done, length);
      }
    } catch (IOException e) {
      throw new UnusableWeightsException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static void fill(FileChannel channel, long from, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends early");
      }
    }
    bytes.flip();
  }
}
