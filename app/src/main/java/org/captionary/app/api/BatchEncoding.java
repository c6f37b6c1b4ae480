package org.captionary.app.api;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The encodings of a batch; the first is the default. */
enum BatchEncoding {
  JSON(".json", MediaType.APPLICATION_JSON_TYPE),
  NPZ(".npz", new MediaType("application", "x-npz")),
  SAFETENSORS(".safetensors", new MediaType("application", "vnd.safetensors"));

  private final String suffix;
  private final MediaType type;

  BatchEncoding(String suffix, MediaType type) {
    this.suffix = suffix;
    this.type = type;
  }

  String suffix() {
    return suffix;
  }

  MediaType type() {
    return type;
  }

  static List<String> suffixes() {
    return Arrays.stream(values()).map(BatchEncoding::suffix).toList();
  }

  static Optional<BatchEncoding> bySuffix(String suffix) {
    return Arrays.stream(values()).filter(e -> e.suffix.equals(suffix)).findFirst();
  }
}
