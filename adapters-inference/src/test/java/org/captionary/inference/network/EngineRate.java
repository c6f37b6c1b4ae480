package org.captionary.inference.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.model.VGG16;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many photos a second one engine takes from pixels to {@code avg}, with the untrained weights.
 *
 * <p>Arguments: {@code auto}, {@code dl4j}, {@code onednn}, {@code bfloat16} (onednn's), or {@code
 * zoo}, DL4J's graph as it comes; photos in a call; seconds; a file of pixels, 224 x 224 x 3 bytes
 * a photo; a file that block5_pool of the first photo is written to. Prints the rate and the peak
 * of the process's memory in MB.
 */
final class EngineRate {

  private EngineRate() {}

  public static void main(String[] args) throws IOException {
    List<Pixels> photos = pixels(Path.of(args[3])).subList(0, Integer.parseInt(args[1]));
    double seconds = Double.parseDouble(args[2]);
    Path out = Path.of(args[4]);
    double rate =
        args[0].equals("zoo") ? zoo(photos, seconds, out) : ours(args[0], photos, seconds, out);
    System.out.println(rate + " " + peakMegabytes());
    System.exit(0);
  }

  private static double ours(String engine, List<Pixels> photos, double seconds, Path out)
      throws IOException {
    boolean rough = engine.equals("bfloat16");
    EngineChoice choice = EngineChoice.byId(rough ? "onednn" : engine).orElseThrow();
    try (NetworkExtractor exact =
        NetworkExtractor.untrained(Network.VGG16, EngineSettings.of(choice))) {
      Precision precision = rough ? Precision.BFLOAT16 : Precision.FLOAT32;
      FeatureExtractor extractor = exact.at(precision).orElseThrow();
      FeatureLayer pooled = FeatureLayer.BLOCK5_POOL;
      write(extractor.extract(photos.subList(0, 1), Set.of(pooled)).get(0).of(pooled), out);
      Set<FeatureLayer> layers = Set.of(FeatureLayer.AVG);
      return rate(() -> extractor.extract(photos, layers), photos.size(), seconds);
    }
  }

  /** Channels first, without oneDNN, as deeplearning4j is unless told otherwise. */
  private static double zoo(List<Pixels> photos, double seconds, Path out) throws IOException {
    ComputationGraph graph = VGG16.builder().numClasses(1000).build().init();
    GraphWeights.set(
        graph, Architecture.VGG16.convolutions(), UntrainedWeights.of(Architecture.VGG16));
    float[] input = new float[photos.size() * Pixels.LENGTH];
    for (int i = 0; i < photos.size(); i++) {
      System.arraycopy(photos.get(i).toVgg16Input(), 0, input, i * Pixels.LENGTH, Pixels.LENGTH);
    }
    INDArray given =
        Nd4j.create(input, new long[] {photos.size(), 224, 224, 3}, 'c').permute(0, 3, 1, 2).dup();
    int blocks = 18; // the input, then the layers 0 to 17
    INDArray pooled = graph.feedForward(given, blocks, false).get("17");
    write(pooled.permute(0, 2, 3, 1).dup('c').data().getFloatsAt(0, 25088), out);
    return rate(() -> graph.feedForward(given, blocks, false), photos.size(), seconds);
  }

  private static double rate(Runnable task, int photos, double seconds) {
    task.run();
    long begin = System.nanoTime();
    int done = 0;
    while (System.nanoTime() - begin < seconds * 1e9) {
      task.run();
      done += photos;
    }
    return done / ((System.nanoTime() - begin) / 1e9);
  }

  private static List<Pixels> pixels(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    List<Pixels> photos = new ArrayList<>();
    for (int from = 0; from < all.length; from += Pixels.LENGTH) {
      photos.add(new Pixels(Arrays.copyOfRange(all, from, from + Pixels.LENGTH)));
    }
    return photos;
  }

  private static void write(float[] values, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** Linux tells it; elsewhere NaN. */
  private static double peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1e3)
        .findFirst()
        .orElse(Double.NaN);
  }
}
