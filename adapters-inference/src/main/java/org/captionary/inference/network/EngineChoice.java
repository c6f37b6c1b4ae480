package org.captionary.inference.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which library computes. Features of two differ by rounding, about 1e-6 of their size. */
public enum EngineChoice {
  /** oneDNN where it loads and agrees with deeplearning4j on a first photo, else deeplearning4j. */
  AUTO,
  /** deeplearning4j-zoo on ND4J. */
  DL4J,
  /** oneDNN itself. */
  ONEDNN;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EngineChoice> byId(String id) {
    return Arrays.stream(values()).filter(choice -> choice.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(EngineChoice::id).toList();
  }
}
