package org.captionary.persistence.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/** Photos in a folder, or in a zip archive if that is what lies there. */
final class PhotoPlaces implements PhotoStore {

  private final PhotoStore folder;
  private final PhotoStore zip;

  PhotoPlaces(PhotoStore folder, PhotoStore zip) {
    this.folder = folder;
    this.zip = zip;
  }

  @Override
  public void check(Path photos) {
    at(photos).check(photos);
  }

  @Override
  public List<String> names(Path photos) {
    return at(photos).names(photos);
  }

  @Override
  public FileStamp stamp(Path photos, String name) throws UnreadablePhotoException {
    return at(photos).stamp(photos, name);
  }

  @Override
  public byte[] read(Path photos, String name) throws UnreadablePhotoException {
    return at(photos).read(photos, name);
  }

  private PhotoStore at(Path photos) {
    return photos != null && Files.isRegularFile(photos) ? zip : folder;
  }
}
