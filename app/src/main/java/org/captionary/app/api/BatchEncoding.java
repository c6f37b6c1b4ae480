package org.captionary.app.api;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.captionary.app.encoding.EncodedBatch;
import org.captionary.app.encoding.JsonEncoder;
import org.captionary.app.encoding.NpzEncoder;
import org.captionary.app.encoding.SafetensorsEncoder;
import org.captionary.domain.training.Batch;

/** The encodings of a batch; the first is the default. */
enum BatchEncoding {
  JSON(".json", MediaType.APPLICATION_JSON_TYPE, JsonEncoder::new),
  NPZ(".npz", new MediaType("application", "x-npz"), NpzEncoder::new),
  SAFETENSORS(
      ".safetensors", new MediaType("application", "vnd.safetensors"), SafetensorsEncoder::new);

  private final String suffix;
  private final MediaType type;
  private final Function<Batch, EncodedBatch> encoder;

  BatchEncoding(String suffix, MediaType type, Function<Batch, EncodedBatch> encoder) {
    this.suffix = suffix;
    this.type = type;
    this.encoder = encoder;
  }

  String id() {
    return suffix.substring(1);
  }

  String suffix() {
    return suffix;
  }

  MediaType type() {
    return type;
  }

  EncodedBatch encode(Batch batch) {
    return encoder.apply(batch);
  }

  static List<String> suffixes() {
    return Arrays.stream(values()).map(BatchEncoding::suffix).toList();
  }

  static Optional<BatchEncoding> bySuffix(String suffix) {
    return Arrays.stream(values()).filter(e -> e.suffix.equals(suffix)).findFirst();
  }
}
