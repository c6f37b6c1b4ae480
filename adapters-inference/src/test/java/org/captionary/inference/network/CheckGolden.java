package org.captionary.inference.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.inference.photo.PillowPhotoDecoder;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Compares features of real photos with reference numbers made elsewhere: the first values of each
 * layer and its norm. Prints each relative error; exits with 1 if one is above {@value #ALLOWED}.
 *
 * <p>Arguments: the folder of photos, the reference file.
 */
final class CheckGolden {

  private static final double ALLOWED = 1e-4;

  private double worst;

  private CheckGolden() {}

  public static void main(String[] args) throws IOException, UnreadablePhotoException {
    JsonNode golden = new ObjectMapper().readTree(Path.of(args[1]).toFile());
    CheckGolden check = new CheckGolden();
    check.weights(golden);
    try (NetworkExtractor extractor =
        NetworkExtractor.untrained(Network.VGG16, EngineSettings.defaults())) {
      Iterator<Map.Entry<String, JsonNode>> photos = golden.get("photos").fields();
      while (photos.hasNext()) {
        Map.Entry<String, JsonNode> photo = photos.next();
        check.photo(extractor, Path.of(args[0], photo.getKey() + ".jpg"), photo.getValue());
      }
    }
    System.out.printf("worst relative error %.1e, allowed %.0e%n", check.worst, ALLOWED);
    System.exit(check.worst <= ALLOWED ? 0 : 1);
  }

  private void weights(JsonNode golden) {
    NetworkWeights weights = UntrainedWeights.of(Architecture.VGG16);
    float[] first = new float[4];
    weights.readKernel(Architecture.VGG16.layer("block1_conv1"), 0, first);
    compare("first kernel, first", golden.get("kernel0_first4"), first);
    WeightedLayer lastLayer = Architecture.VGG16.layer("block5_conv3");
    float[] last = new float[2];
    weights.readKernel(lastLayer, lastLayer.kernelLength() - 2, last);
    compare("last kernel, last", golden.get("kernel12_last2"), last);
  }

  private void photo(NetworkExtractor extractor, Path file, JsonNode golden)
      throws IOException, UnreadablePhotoException {
    Pixels pixels = new PillowPhotoDecoder().decode(Files.readAllBytes(file), Rendering.KERAS);
    System.out.println(file.getFileName());
    compare("pixels", golden.get("pixels_first3"), pixels.toVgg16Input());
    PhotoFeatures features = extractor.extract(List.of(pixels), Network.VGG16.layers()).get(0);
    for (FeatureLayer layer : Network.VGG16.layers()) {
      String first = layer == FeatureLayer.BLOCK5_POOL ? "_0_0_first8" : "_first8";
      double norm = golden.get(layer.id() + "_norm").asDouble();
      double usual = norm / Math.sqrt(layer.length());
      compare(layer.id(), golden.get(layer.id() + first), features.of(layer), usual);
      report(layer.id() + " norm", Math.abs(norm(features.of(layer)) - norm) / norm);
    }
  }

  private void compare(String what, JsonNode expected, float[] found) {
    compare(what, expected, found, 0);
  }

  /**
   * The reference is rounded; half of its last decimal place is no error of ours.
   *
   * @param usual the root mean square of the layer: a value below it is what large ones leave when
   *     they cancel out, and its error is that of the large ones
   */
  private void compare(String what, JsonNode expected, float[] found, double usual) {
    double rounding = 0.5 * Math.pow(10, -decimals(expected));
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.get(i).asDouble();
      double beyond = Math.max(0, Math.abs(found[i] - wanted) - rounding);
      largest = Math.max(largest, beyond == 0 ? 0 : beyond / Math.max(usual, Math.abs(wanted)));
    }
    report(what, largest);
  }

  private static int decimals(JsonNode numbers) {
    int most = 0;
    for (JsonNode number : numbers) {
      most = Math.max(most, number.decimalValue().scale());
    }
    return most;
  }

  private void report(String what, double error) {
    System.out.printf("  %-20s %.1e%n", what, error);
    worst = Math.max(worst, error);
  }

  private static double norm(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return Math.sqrt(Arrays.stream(doubles).map(v -> v * v).sum());
  }
}
