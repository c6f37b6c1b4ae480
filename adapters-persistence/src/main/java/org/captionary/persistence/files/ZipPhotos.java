package org.captionary.persistence.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/**
 * Photos in a zip archive, read one by one without unpacking the others. An index of the archive is
 * kept while its size and time stay the same; a photo's time is the archive's.
 */
final class ZipPhotos implements PhotoStore {

  private static final int LOCAL_HEADER = 30;
  private static final int SIGNATURE = 0x04034b50;
  private static final int SIGNATURE_OF_EMPTY = 0x06054b50;

  private final AllowedFolders folders;
  private final FileOpener opener;
  private final boolean nested;
  private final int maxBytes;
  private final KeptIndexes<FileStamp, ZipIndex> indexes = new KeptIndexes<>();

  /**
   * @param nested whether photos may lie in folders of the archive
   * @param maxBytes of one photo, unpacked
   */
  ZipPhotos(AllowedFolders folders, FileOpener opener, boolean nested, int maxBytes) {
    this.folders = folders;
    this.opener = opener;
    this.nested = nested;
    this.maxBytes = maxBytes;
  }

  /** An archive as it is now. */
  private record Archive(Path real, FileStamp stamp, ZipIndex index) {}

  @Override
  public void check(Path photos) {
    archive(photos);
  }

  @Override
  public List<String> names(Path photos) {
    return archive(photos).index().names();
  }

  @Override
  public FileStamp stamp(Path photos, String name) throws UnreadablePhotoException {
    Archive archive = archive(photos);
    return new FileStamp(archive.index().find(name).size(), archive.stamp().modified());
  }

  @Override
  public byte[] read(Path photos, String name) throws UnreadablePhotoException {
    Archive archive = archive(photos);
    ZipMember member = archive.index().find(name);
    PhotoStore.requireSize(member.size(), maxBytes);
    try (InputStream in = opener.open(archive.real())) {
      return unpacked(in, member);
    } catch (EOFException e) {
      throw new UnreadablePhotoException("not readable: the archive ends before it does", e);
    } catch (IOException e) {
      throw new UnreadablePhotoException("not readable: " + Reasons.of(e), e);
    }
  }

  private Archive archive(Path photos) {
    Path real = folders.file(PhotoFolder.FIELD, photos);
    try {
      FileStamp stamp = PhotoFolder.stampOf(Files.readAttributes(real, BasicFileAttributes.class));
      return new Archive(real, stamp, indexes.get(real, stamp, () -> index(photos, real)));
    } catch (IOException e) {
      throw folders.refused(PhotoFolder.FIELD, photos, AllowedFolders.expected("file", e));
    }
  }

  private ZipIndex index(Path photos, Path real) {
    try (InputStream in = opener.open(real)) {
      if (!isZip(in.readNBytes(Integer.BYTES))) {
        throw folders.refused(PhotoFolder.FIELD, photos, "a folder or a zip archive");
      }
    } catch (IOException e) {
      throw folders.refused(PhotoFolder.FIELD, photos, AllowedFolders.expected("file", e));
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return ZipDirectory.read(channel, nested);
    } catch (IOException | IllegalArgumentException e) {
      throw folders.refused(
          PhotoFolder.FIELD,
          photos,
          "a zip archive that is whole, with its directory (" + e.getMessage() + "),");
    }
  }

  private static boolean isZip(byte[] head) {
    return head.length == Integer.BYTES
        && (int32(head, 0) == SIGNATURE || int32(head, 0) == SIGNATURE_OF_EMPTY);
  }

  private static byte[] unpacked(InputStream in, ZipMember member)
      throws IOException, UnreadablePhotoException {
    in.skipNBytes(member.header());
    byte[] header = in.readNBytes(LOCAL_HEADER);
    if (header.length < LOCAL_HEADER || int32(header, 0) != SIGNATURE) {
      throw new UnreadablePhotoException("not readable: the archive is damaged where it stands");
    }
    in.skipNBytes(int16(header, 26) + int16(header, 28));
    byte[] bytes = member.stored() ? most(in, member) : inflated(in, member);
    requireDeclared(bytes, member);
    return bytes;
  }

  private static byte[] inflated(InputStream in, ZipMember member) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      // One byte more than declared, to be told from it.
      return new InflaterInputStream(in, inflater, 1 << 13).readNBytes((int) member.size() + 1);
    } finally {
      inflater.end();
    }
  }

  private static byte[] most(InputStream in, ZipMember member) throws IOException {
    return in.readNBytes((int) member.size());
  }

  private static void requireDeclared(byte[] bytes, ZipMember member)
      throws UnreadablePhotoException {
    if (bytes.length > member.size()) {
      throw new UnreadablePhotoException(
          "it unpacks to more than the " + member.size() + " bytes that the archive declares");
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (bytes.length < member.size() || (int) crc.getValue() != member.crc()) {
      throw new UnreadablePhotoException(
          "not readable: it is not what the archive's checksum says");
    }
  }

  private static int int32(byte[] bytes, int at) {
    return int16(bytes, at) | int16(bytes, at + 2) << 16;
  }

  private static int int16(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }
}
