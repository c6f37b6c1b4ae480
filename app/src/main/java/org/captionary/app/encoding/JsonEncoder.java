package org.captionary.app.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;

/**
 * Writes a batch as one JSON object: under each array's name its elements in nested lists. A float
 * is the shortest decimal that reads back as the same float32, by one algorithm on every JDK.
 */
public final class JsonEncoder implements EncodedBatch {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final Batch batch;

  public JsonEncoder(Batch batch) {
    this.batch = batch;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    for (BatchArray array : batch.arrays()) {
      json.writeFieldName(array.name());
      NestedLists lists = new NestedLists(array, json);
      array.content().writeTo(lists);
      lists.end();
    }
    json.writeEndObject();
    json.close();
  }
}
