package org.captionary.persistence.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Goes through the headers of a tar archive, passing over contents that nobody reads. */
final class TarMembers {

  /** In bytes: an archive is a sequence of these. */
  private static final int BLOCK = 512;

  private final Shard shard;
  private final Sink sink;

  private TarMembers(Shard shard, Sink sink) {
    this.shard = shard;
    this.sink = sink;
  }

  /** Takes members in the order in which they stand. */
  interface Sink {

    /**
     * @param offset where its bytes begin, from the start of the archive
     * @param content to be read now or never, not to be closed
     */
    void member(String name, long offset, long size, InputStream content) throws IOException;

    /** Something that stands there and cannot be used. */
    void fault(String name, String reason);
  }

  /** A file is no tar archive at all. */
  static final class NoTarException extends IOException {
    NoTarException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads an archive up to its end, or up to where it is damaged, which is said to the sink.
   *
   * @throws IOException if {@code in} fails, or if not even the beginning is that of an archive
   */
  static void read(Shard shard, InputStream in, Sink sink) throws IOException {
    FailureNoting noting = new FailureNoting(in);
    new TarMembers(shard, sink).read(noting);
  }

  /**
   * Looks at the first header.
   *
   * @throws IOException as {@link #read}
   */
  static void requireTar(InputStream in) throws IOException {
    FailureNoting noting = new FailureNoting(in);
    new TarMembers(null, null).next(new TarArchiveInputStream(noting, "UTF-8"), noting, 0);
  }

  private void read(FailureNoting in) throws IOException {
    // Closing would close what the caller opened.
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    Optional<TarArchiveEntry> entry = next(tar, in, 0);
    while (entry.isPresent()) {
      long offset = tar.getBytesRead();
      if (offset + entry.get().getSize() > shard.stamp().size() && !entry.get().isSparse()) {
        sink.fault(MemberNames.plain(entry.get().getName()), "cut off: its shard ends before it");
        return;
      }
      hand(entry.get(), offset, tar);
      entry = next(tar, in, offset + entry.get().getSize());
    }
    if (shard.stamp().size() % BLOCK != 0) {
      sink.fault("", "cut off within a block, in which there may have been a header");
    }
  }

  /**
   * The member behind a byte; empty at the end, also at one that damage makes.
   *
   * @param behind where the member before ends; 0 for the first
   */
  private Optional<TarArchiveEntry> next(TarArchiveInputStream tar, FailureNoting in, long behind)
      throws IOException {
    try {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry == null && behind == 0 && tar.getBytesRead() == 0) {
        throw new NoTarException("it is empty", null);
      }
      if (entry != null && !entry.isCheckSumOK()) {
        throw new IOException("the checksum of a header is wrong");
      }
      return Optional.ofNullable(entry);
    } catch (IOException | IllegalArgumentException e) {
      in.rethrow();
      if (behind == 0) {
        throw new NoTarException(e.getMessage(), e);
      }
      sink.fault("", "damaged behind byte " + behind + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void hand(TarArchiveEntry entry, long offset, InputStream content) throws IOException {
    String name = MemberNames.plain(entry.getName());
    if (entry.isDirectory()) {
      return;
    }
    Optional<String> fault = fault(name, entry);
    if (fault.isPresent()) {
      sink.fault(name, fault.get());
    } else {
      sink.member(name, offset, entry.getSize(), content);
    }
  }

  private static Optional<String> fault(String name, TarArchiveEntry entry) {
    Optional<String> ofName = MemberNames.fault(name);
    if (ofName.isPresent()) {
      return ofName;
    }
    if (entry.isLink() || entry.isSymbolicLink()) {
      return Optional.of("a link, not a file");
    }
    if (entry.isSparse()) {
      return Optional.of("a sparse file");
    }
    boolean device = entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice();
    return device ? Optional.of("a device or pipe, not a file") : Optional.empty();
  }

  /** Tells failures of the disk from those of the archive. */
  private static final class FailureNoting extends FilterInputStream {

    private IOException failure;

    FailureNoting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
