package org.captionary.inference.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.inference.photo.PillowPhotoDecoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.deeplearning4j.zoo.model.VGG16;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes, for a comparison elsewhere, what VGG16 gives with the weights of a file.
 *
 * <ul>
 *   <li>{@code zoo-configuration FILE}: the configuration of DL4J's VGG16 as JSON
 *   <li>{@code features WEIGHTS FOLDER OUT [PHOTOS]}: {@code OUT.input}, {@code OUT.<layer>}, each
 *       photo after the other as little-endian float32, and {@code OUT.sha256}
 *   <li>{@code drawn NETWORK ENGINE WEIGHTS OUT}: the same of two drawn photos, with the weights
 *       {@code untrained} or of a file, and {@code OUT.pixels}, red first
 *   <li>{@code as-dl4j ZIP FOLDER [PHOTOS]}: compares with what DL4J itself makes of a zip; exits
 *       with 1 if a value is off by more than {@value #ALLOWED} of the largest
 * </ul>
 *
 * Without photos, eight are drawn.
 */
final class DumpFeatures {

  private static final double ALLOWED = 1e-4;

  private DumpFeatures() {}

  public static void main(String[] args) throws IOException, UnreadablePhotoException {
    switch (args[0]) {
      case "zoo-configuration" ->
          Files.writeString(
              Path.of(args[1]), VGG16.builder().numClasses(1000).build().conf().toJson());
      case "features" -> {
        Path out = Path.of(args[3]);
        try (NetworkExtractor extractor = extractor(args)) {
          dump(extractor, photos(args, 4), out);
        }
      }
      case "drawn" -> drawn(args);
      default -> compare(args);
    }
  }

  private static void drawn(String... args) throws IOException, UnreadablePhotoException {
    Path out = Path.of(args[4]);
    List<Pixels> photos = photos(args, args.length).subList(0, 2);
    try (OutputStream pixels = Files.newOutputStream(Path.of(out + ".pixels"))) {
      for (Pixels photo : photos) {
        pixels.write(photo.rgb());
      }
    }
    try (NetworkExtractor extractor = extractor(args[1], args[2], args[3], out.getParent())) {
      dump(extractor, photos, out);
    }
  }

  private static NetworkExtractor extractor(
      String name, String engine, String weights, Path folder) {
    Network network = Network.byId(name).orElseThrow();
    EngineSettings settings = EngineSettings.of(EngineChoice.byId(engine).orElseThrow());
    return weights.equals("untrained")
        ? NetworkExtractor.untrained(network, settings)
        : NetworkExtractor.withFile(network, "own", Path.of(weights), folder, settings);
  }

  private static NetworkExtractor extractor(String... args) {
    return NetworkExtractor.withFile(
        Network.VGG16, "own", Path.of(args[1]), Path.of(args[2]), EngineSettings.defaults());
  }

  private static List<Pixels> photos(String[] args, int from)
      throws IOException, UnreadablePhotoException {
    List<Pixels> photos = new ArrayList<>();
    for (int i = from; i < args.length; i++) {
      byte[] file = Files.readAllBytes(Path.of(args[i]));
      photos.add(new PillowPhotoDecoder().decode(file, Rendering.KERAS));
    }
    for (int i = 0; args.length == from && i < 8; i++) {
      byte[] rgb = new byte[Pixels.LENGTH];
      new SplittableRandom(i).nextBytes(rgb);
      photos.add(new Pixels(rgb));
    }
    return photos;
  }

  private static void dump(NetworkExtractor extractor, List<Pixels> photos, Path out)
      throws IOException {
    Set<FeatureLayer> layers = extractor.layers();
    List<PhotoFeatures> features = extractor.extract(photos, layers);
    write(out + ".input", photos.stream().map(Pixels::toVgg16Input).toList());
    for (FeatureLayer layer : layers) {
      write(out + "." + layer.id(), features.stream().map(found -> found.of(layer)).toList());
    }
    Files.writeString(Path.of(out + ".sha256"), extractor.identity().weightsSha256().hex());
  }

  private static void write(String file, List<float[]> rows) throws IOException {
    try (OutputStream out = Files.newOutputStream(Path.of(file))) {
      for (float[] row : rows) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row);
        out.write(bytes.array());
      }
    }
  }

  private static void compare(String... args) throws IOException, UnreadablePhotoException {
    List<Pixels> photos = photos(args, 3);
    List<PhotoFeatures> features;
    try (NetworkExtractor extractor = extractor(args)) {
      features = extractor.extract(photos, Set.of(FeatureLayer.FC2));
    }
    NativeEngine.ready(EngineSettings.defaults());
    ComputationGraph graph =
        ModelSerializer.restoreComputationGraph(Path.of(args[1]).toFile(), false);
    double worst = 0;
    for (int i = 0; i < photos.size(); i++) {
      float[] found = features.get(i).of(FeatureLayer.FC2);
      worst = Math.max(worst, error(found, byDl4j(graph, photos.get(i))));
    }
    System.out.printf("as DL4J reads it: fc2, worst relative error %.1e%n", worst);
    System.exit(worst <= ALLOWED ? 0 : 1);
  }

  private static float[] byDl4j(ComputationGraph graph, Pixels photo) {
    INDArray input = Nd4j.create(photo.toVgg16Input(), new long[] {1, 224, 224, 3}, 'c');
    INDArray channelsFirst = input.permute(0, 3, 1, 2).dup('c');
    return graph.feedForward(channelsFirst, false).get("19").dup('c').data().asFloat();
  }

  private static double error(float[] found, float[] expected) {
    double largest = 0;
    double off = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      off = Math.max(off, Math.abs(found[i] - expected[i]));
    }
    return off / largest;
  }
}
