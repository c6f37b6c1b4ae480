package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.RejectedInput;

/** Reads captions through the port, from memory. */
final class Formats {

  private static final Path ROOT = Path.of("/").toAbsolutePath();

  private Formats() {}

  /** What a format makes of a file. */
  static Recorded read(CaptionFormat format, String text) {
    return read(format, text.getBytes(UTF_8));
  }

  static Recorded read(CaptionFormat format, byte[] bytes) {
    Recorded read = new Recorded();
    files(format, bytes).readCaptions(dataset(), read);
    return read;
  }

  /** The formats that take a file for theirs. */
  static List<String> recognising(String text) {
    return recognising(text.getBytes(UTF_8));
  }

  static List<String> recognising(byte[] bytes) {
    return DatasetFormats.CAPTIONS.stream()
        .filter(format -> files(format, bytes).recognises(dataset()))
        .map(CaptionFormat::name)
        .toList();
  }

  /** Each rejected row as {@code line|text|reason}. */
  static List<String> rejected(Recorded read) {
    return read.rejected.stream().map(Formats::text).collect(Collectors.toList());
  }

  private static String text(RejectedInput row) {
    return row.line().getAsLong() + "|" + row.text() + "|" + row.reason();
  }

  /** Any file that is there does for a path: what is read is the bytes. */
  private static Dataset dataset() {
    Path java = Path.of(System.getProperty("java.home"), "release");
    return new Dataset("d", "any", ROOT, java, Map.of());
  }

  private static DatasetFiles files(CaptionFormat format, byte[] bytes) {
    return DatasetFormats.files(format, List.of(ROOT), 1 << 20, path -> new Closing(bytes));
  }

  /** Fails after it was closed, as a file does: closing is not a format's. */
  private static final class Closing extends InputStream {

    private final InputStream in;
    private boolean closed;

    Closing(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      requireOpen();
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      requireOpen();
      return in.read(to, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("it is closed");
      }
    }
  }
}
