package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Writes a preparation as an Arrow IPC stream, a row a photo: {@code photo} (utf8), {@code split}
 * (utf8 or null), {@code captions} (list of utf8, as they stand in the data set), {@code tokens}
 * (list of lists of utf8), {@code encoded} (list of lists of int32), and a column for each layer of
 * features (fixed_size_list of float32 in C order, null for a photo without a usable file).
 *
 * <p>Each message: {@code FF FF FF FF}, the length of its metadata as little-endian int32, the
 * metadata padded to a multiple of 8 bytes, the body, each buffer padded so too. At the end {@code
 * FF FF FF FF} and 0. Written by hand, as Arrow's own library wants {@code --add-opens}.
 */
public final class ArrowExport {

  private static final int ROWS = 64;
  private static final int ALIGNMENT = 8;

  private final OutputStream out;
  private final ArrowColumn.Text photo = new ArrowColumn.Text("photo");
  private final ArrowColumn.Text split = new ArrowColumn.Text("split");
  private final ArrowColumn.Items<ArrowColumn.Text> captions = texts("captions");
  private final ArrowColumn.Items<ArrowColumn.Items<ArrowColumn.Text>> tokens =
      new ArrowColumn.Items<>("tokens", texts("item"));
  private final ArrowColumn.Items<ArrowColumn.Items<ArrowColumn.Whole>> encoded =
      new ArrowColumn.Items<>(
          "encoded", new ArrowColumn.Items<>("item", new ArrowColumn.Whole("item")));
  private final Map<FeatureLayer, ArrowColumn.Floats> features = new LinkedHashMap<>();
  private final List<ArrowColumn> columns;

  /**
   * Writes the schema.
   *
   * @param out not closed
   */
  public ArrowExport(List<FeatureLayer> layers, OutputStream out) throws IOException {
    this.out = out;
    layers.forEach(
        layer -> features.put(layer, new ArrowColumn.Floats(layer.id(), layer.length())));
    columns =
        Stream.concat(
                Stream.of(photo, split, captions, tokens, encoded), features.values().stream())
            .toList();
    writeMetadata(ArrowMetadata.schema(columns));
  }

  private static ArrowColumn.Items<ArrowColumn.Text> texts(String name) {
    return new ArrowColumn.Items<>(name, new ArrowColumn.Text("item"));
  }

  /** Adds a row. */
  public void write(Sample sample) throws IOException {
    photo.add(sample.photo().photo().value());
    split.add(sample.photo().split().map(Split::name).orElse(null));
    sample.captions().forEach(captions.items::add);
    captions.end();
    sample.tokens().forEach(this::addTokens);
    tokens.end();
    sample.encoded().forEach(this::addEncoded);
    encoded.end();
    features.forEach((layer, column) -> column.add(sample.features().get(layer)));
    if (photo.length() == ROWS) {
      writeBatch();
    }
  }

  /** Writes what is left, and the stream's end. */
  public void end() throws IOException {
    if (photo.length() > 0) {
      writeBatch();
    }
    out.write(ArrowColumn.littleEndian(-1));
    out.write(ArrowColumn.littleEndian(0));
  }

  private void addTokens(List<String> ofCaption) {
    ofCaption.forEach(tokens.items.items::add);
    tokens.items.end();
  }

  private void addEncoded(EncodedCaption caption) {
    for (int word : caption.toArray()) {
      encoded.items.items.add(word);
    }
    encoded.items.end();
  }

  private void writeBatch() throws IOException {
    List<long[]> nodes = new ArrayList<>();
    List<byte[]> buffers = new ArrayList<>();
    columns.forEach(column -> column.collect(nodes, buffers));
    List<long[]> places = new ArrayList<>();
    long offset = 0;
    for (byte[] buffer : buffers) {
      places.add(new long[] {offset, buffer.length});
      offset += buffer.length + padding(buffer.length);
    }
    writeMetadata(ArrowMetadata.recordBatch(photo.length(), nodes, places, offset));
    for (byte[] buffer : buffers) {
      writePadded(buffer);
    }
    columns.forEach(ArrowColumn::clear);
  }

  private void writeMetadata(byte[] metadata) throws IOException {
    out.write(ArrowColumn.littleEndian(-1));
    out.write(ArrowColumn.littleEndian(metadata.length + padding(metadata.length)));
    writePadded(metadata);
  }

  private void writePadded(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(new byte[padding(bytes.length)]);
  }

  private static int padding(int length) {
    return -length & (ALIGNMENT - 1);
  }
}
