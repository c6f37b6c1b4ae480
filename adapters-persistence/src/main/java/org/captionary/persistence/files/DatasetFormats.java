package org.captionary.persistence.files;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.DatasetFiles;

/** The formats of data sets that can be read. */
public final class DatasetFormats {

  static final List<CaptionFormat> CAPTIONS =
      List.of(
          new Flickr8kCaptions(),
          new KaggleCaptions(),
          new Flickr30kCaptions(),
          new CocoCaptions(),
          new KarpathyCaptions(),
          new ImageFolderCaptions());

  private DatasetFormats() {}

  /**
   * The files of every format.
   *
   * @param roots absolute folders below which data sets may be read; with none, all are refused
   * @param maxPhotoBytes the largest photo file that is read, 1 to 2,147,483,639
   * @throws InvalidInputException on field {@code captionary.dataset-roots} if a root is relative
   */
  public static List<DatasetFiles> all(List<Path> roots, long maxPhotoBytes) {
    FileOpener opener = FileOpener.OF_REAL_PATHS;
    Stream<DatasetFiles> texts =
        CAPTIONS.stream().map(format -> files(format, roots, maxPhotoBytes, opener));
    return Stream.concat(texts, Stream.of(webDataset(roots, maxPhotoBytes, opener))).toList();
  }

  static DatasetFiles webDataset(List<Path> roots, long maxPhotoBytes, FileOpener opener) {
    AllowedFolders folders = new AllowedFolders(roots, opener);
    return new WebDatasetFiles(folders, opener, PhotoStore.limit(maxPhotoBytes));
  }

  static FormattedFiles files(
      CaptionFormat format, List<Path> roots, long maxPhotoBytes, FileOpener opener) {
    AllowedFolders folders = new AllowedFolders(roots, opener);
    FolderLayout layout = format.nested() ? new Nested(folders) : new SideBySide();
    PhotoStore folder = new PhotoFolder(folders, opener, layout, maxPhotoBytes);
    PhotoStore zip =
        new ZipPhotos(folders, opener, format.nested(), PhotoStore.limit(maxPhotoBytes));
    PhotoStore photos = new PhotoPlaces(folder, zip);
    return new FormattedFiles(format, folders, opener, photos);
  }
}
