package org.captionary.inference.network;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;

/** Opens the engine that was chosen. */
final class Engines {

  private static final Logger LOG = System.getLogger(Engines.class.getName());

  /** Of block5_pool's norm. Two engines that are right differ by about 1e-6. */
  private static final double ALLOWED = 1e-4;

  private Engines() {}

  /** On the thread that will compute. */
  static Engine open(NetworkWeights weights, Precision precision, EngineSettings settings) {
    return precision == Precision.FLOAT32
        ? open(weights, settings)
        : OneDnnEngine.open(weights, precision, settings);
  }

  private static Engine open(NetworkWeights weights, EngineSettings settings) {
    return switch (settings.engine()) {
      case DL4J -> new Dl4jEngine(weights, settings);
      case ONEDNN -> OneDnnEngine.open(weights, Precision.FLOAT32, settings);
      case AUTO ->
          checked(
              () -> OneDnnEngine.open(weights, Precision.FLOAT32, settings),
              () -> new Dl4jEngine(1, weights, settings),
              () -> new Dl4jEngine(weights, settings));
    };
  }

  /** Whether {@link #open} can; float32 always. */
  static boolean computes(Precision precision, EngineSettings settings) {
    if (precision == Precision.FLOAT32) {
      return true;
    }
    try {
      return settings.engine() != EngineChoice.DL4J && OneDnnEngine.computesBfloat16(settings);
    } catch (LinkageError e) {
      LOG.log(Level.WARNING, "oneDNN does not load: " + e);
      return false;
    }
  }

  /**
   * The fast engine if it can be had and agrees with another on a photo, else the slow one.
   *
   * @param other the slow one, made for a comparison
   */
  static Engine checked(Supplier<Engine> fast, Supplier<Engine> other, Supplier<Engine> slow) {
    Engine engine = null;
    try {
      engine = fast.get();
      double error = difference(engine, other);
      if (error < ALLOWED) {
        return engine;
      }
      report("it is %.1e away from deeplearning4j".formatted(error));
    } catch (LinkageError | RuntimeException e) {
      report(e.toString());
    }
    if (engine != null) {
      engine.close();
    }
    return slow.get();
  }

  private static void report(String why) {
    LOG.log(Level.WARNING, "oneDNN is left aside, deeplearning4j computes features: " + why);
  }

  private static double difference(Engine engine, Supplier<Engine> other) {
    byte[] rgb = new byte[Pixels.LENGTH];
    new SplittableRandom(1).nextBytes(rgb);
    float[] input = new Pixels(rgb).toVgg16Input();
    float[] found = engine.pool(input);
    try (Engine reference = other.get()) {
      return relativeError(found, reference.pool(input));
    }
  }

  /** By norm; NaN if a value is. */
  static double relativeError(float[] found, float[] expected) {
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      errors += Math.pow((double) found[i] - expected[i], 2);
      squares += Math.pow(expected[i], 2);
    }
    return Math.sqrt(errors / squares);
  }
}
