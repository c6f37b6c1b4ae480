package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/** Photos that lie in a folder, or in folders below it. */
final class PhotoFolder implements PhotoStore {

  static final String FIELD = "photos";

  private final AllowedFolders folders;
  private final FileOpener opener;
  private final FolderLayout layout;
  private final int maxBytes;

  /**
   * @param maxBytes 1 to 2,147,483,639: an array holds no more
   */
  PhotoFolder(AllowedFolders folders, FileOpener opener, FolderLayout layout, long maxBytes) {
    this.folders = folders;
    this.opener = opener;
    this.layout = layout;
    this.maxBytes = PhotoStore.limit(maxBytes);
  }

  @Override
  public void check(Path folder) {
    folders.folder(FIELD, folder);
  }

  @Override
  public List<String> names(Path folder) {
    Path real = folders.folder(FIELD, folder);
    try {
      return ordered(layout.names(real));
    } catch (IOException e) {
      throw folders.refused(FIELD, folder, AllowedFolders.expected("folder", e));
    }
  }

  /** Names in bytes of another encoding can decode to the same text: they are one name here. */
  static List<String> ordered(List<String> names) {
    names.sort(PhotoNames.ORDER);
    List<String> distinct = new ArrayList<>(names.size());
    for (String name : names) {
      if (distinct.isEmpty() || !name.equals(distinct.get(distinct.size() - 1))) {
        distinct.add(name);
      }
    }
    return distinct;
  }

  @Override
  public FileStamp stamp(Path folder, String name) throws UnreadablePhotoException {
    return find(folder, name).stamp();
  }

  @Override
  public byte[] read(Path folder, String name) throws UnreadablePhotoException {
    Found photo = find(folder, name);
    PhotoStore.requireSize(photo.stamp().size(), maxBytes);
    try (InputStream in = opener.open(photo.real())) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      PhotoStore.requireSize(bytes.length, maxBytes); // it may have grown
      return bytes;
    } catch (IOException e) {
      throw unreadable(folder, name, e);
    }
  }

  private Found find(Path folder, String name) throws UnreadablePhotoException {
    try {
      Path real = entry(folder, name).toRealPath();
      if (!folders.contain(real)) {
        folders.folder(FIELD, folder);
        throw new UnreadablePhotoException("a link that leaves the allowed folders");
      }
      return new Found(real, stampOf(real));
    } catch (InvalidPathException e) {
      throw notDecoded(e);
    } catch (IOException e) {
      throw unreadable(folder, name, e);
    }
  }

  private Path entry(Path folder, String name) throws UnreadablePhotoException {
    Path below = Path.of(name);
    if (!layout.leadsBelow(below)) {
      throw new UnreadablePhotoException("not the name of a file in the photos' folder");
    }
    return folder.resolve(below);
  }

  private FileStamp stampOf(Path real) throws IOException, UnreadablePhotoException {
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new UnreadablePhotoException(layout.reasonForFolder());
    }
    if (!attributes.isRegularFile()) {
      throw new UnreadablePhotoException("a device or pipe, not a photo");
    }
    return stampOf(attributes);
  }

  static FileStamp stampOf(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
  }

  private UnreadablePhotoException unreadable(Path folder, String name, IOException e) {
    Path real = folders.folder(FIELD, folder);
    if (e instanceof NoSuchFileException) {
      return name.indexOf('\uFFFD') < 0 ? gone(folder, real, e) : notDecoded(e);
    }
    boolean denied = e instanceof AccessDeniedException;
    return new UnreadablePhotoException(
        "not readable: " + (denied ? "permission denied" : Reasons.of(e)), e);
  }

  /** The folder that a disk is mounted at stays when the disk is not there, and is empty. */
  private UnreadablePhotoException gone(Path folder, Path real, IOException cause) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      if (entries.iterator().hasNext()) {
        return new UnreadablePhotoException("the file is gone", cause);
      }
    } catch (IOException e) {
      throw folders.refused(FIELD, folder, AllowedFolders.expected("folder", e));
    }
    throw folders.refused(FIELD, folder, "a folder that still holds its photos");
  }

  private static UnreadablePhotoException notDecoded(Exception e) {
    String encoding = System.getProperty("sun.jnu.encoding");
    return new UnreadablePhotoException(
        "the file name is not in " + encoding + ", this system's encoding", e);
  }

  private record Found(Path real, FileStamp stamp) {}
}
