package org.captionary.app.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** JSON arrays that are written while they are read, however long. */
@Singleton
class JsonArrays {

  private final ObjectMapper mapper;

  JsonArrays(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * An array.
   *
   * @param source hands each element to the consumer that it is given
   */
  StreamingOutput of(Consumer<Consumer<Object>> source) {
    return out -> {
      JsonGenerator json = mapper.createGenerator(out);
      json.writeStartArray();
      source.accept(element -> write(json, element));
      json.writeEndArray();
      json.flush();
    };
  }

  private static void write(JsonGenerator json, Object element) {
    try {
      json.writePOJO(element);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
