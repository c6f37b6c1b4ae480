package org.captionary.persistence.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;

/** Reads a file as often as its reader likes, and hashes all its bytes. */
final class HashedSource implements TextSource, Closeable {

  private final FileOpener opener;
  private final Path real;
  private final MessageDigest digest = ContentHash.newDigest();
  private String encoding = "";
  private Optional<InputStream> opened = Optional.empty();
  private Optional<ContentHash> before = Optional.empty();

  /**
   * @param real absolute, links resolved
   */
  HashedSource(FileOpener opener, Path real) {
    this.opener = opener;
    this.real = real;
  }

  @Override
  public InputStream open() throws IOException {
    if (opened.isPresent()) {
      before = Optional.of(finish());
      close();
    }
    InputStream raw = new DigestInputStream(opener.open(real), digest);
    opened = Optional.of(raw);
    Utf8Stream.Text text = Utf8Stream.of(raw);
    encoding = text.encoding();
    return text.stream();
  }

  /**
   * The hash of all bytes, also of those that the reader left.
   *
   * @throws IOException also if they were others when they were read before
   */
  ContentHash finish() throws IOException {
    (opened.isPresent() ? opened.get() : open()).transferTo(OutputStream.nullOutputStream());
    ContentHash hash = ContentHash.ofDigest(digest.digest());
    if (before.isPresent() && !before.get().equals(hash)) {
      throw new IOException("it changed while it was read");
    }
    return hash;
  }

  /** As it was opened last. */
  String encoding() {
    return encoding;
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
