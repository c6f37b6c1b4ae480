package org.captionary.app.encoding;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Writes a preparation as a WebDataset shard: a tar archive (POSIX, PAX headers for long names)
 * that holds for each photo, under its id
 *
 * <ul>
 *   <li>{@code <id>.jpg}, or another ending by what the bytes are: the photo's file, if it is
 *       given;
 *   <li>{@code <id>.json}: {@code id}, {@code split} (or null), {@code captions} as they stand in
 *       the data set, {@code tokens} (a list for each caption), {@code encoded} (a list for each
 *       caption), {@code photo} (the ending of the photo's file in the archive, or null);
 *   <li>{@code <id>.<layer>.npy} for each layer of its features, float32.
 * </ul>
 *
 * <p>Modes, owners and times are the same in every archive, so that the bytes are.
 */
public final class TarExport {

  private static final int READABLE = 0644;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TarArchiveOutputStream tar;

  /**
   * @param out not closed
   */
  public TarExport(OutputStream out) {
    tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Writes a photo with what belongs to it. */
  public void write(Sample sample, Optional<byte[]> photo) throws IOException {
    String id = sample.photo().photo().value();
    Optional<String> ending = photo.map(TarExport::ending);
    if (photo.isPresent()) {
      add(id + "." + ending.get(), photo.get());
    }
    add(id + ".json", MAPPER.writeValueAsBytes(document(sample, ending)));
    for (Map.Entry<FeatureLayer, byte[]> layer : sample.features().entrySet()) {
      add(id + "." + layer.getKey().id() + ".npy", npy(layer.getKey(), layer.getValue()));
    }
  }

  /** Writes the archive's end. */
  public void end() throws IOException {
    tar.finish();
    tar.flush();
  }

  private static Map<String, Object> document(Sample sample, Optional<String> ending) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", sample.photo().photo().value());
    document.put("split", sample.photo().split().map(Split::name).orElse(null));
    document.put("captions", sample.captions());
    document.put("tokens", sample.tokens());
    document.put("encoded", sample.encoded().stream().map(EncodedCaption::toArray).toList());
    document.put("photo", ending.orElse(null));
    return document;
  }

  private void add(String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(READABLE);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static byte[] npy(FeatureLayer layer, byte[] row) throws IOException {
    List<Long> shape = layer.shape().stream().map(Integer::longValue).toList();
    BatchArray array =
        new BatchArray(layer.id(), ElementType.FLOAT32, shape, out -> out.write(row));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(NpyHeader.of(array));
    array.content().writeTo(file);
    return file.toByteArray();
  }

  /** Every photo of a preparation was decoded, so that it is one of these. */
  private static String ending(byte[] photo) {
    return PhotoType.of(photo).orElse(PhotoType.WEBP).ending();
  }
}
