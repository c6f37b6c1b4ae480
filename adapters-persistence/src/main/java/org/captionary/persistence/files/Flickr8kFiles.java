package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;

/**
 * Data sets laid out as Flickr8k: a folder of photos, a caption file of rows {@code
 * name.jpg#k<TAB>caption} in UTF-8, and for each split a list with a file name a row.
 *
 * <p>A caption's key is what stands before the first tab. It is split at its first {@code #},
 * behind which only a whole number may stand; a key without {@code #} is a name alone. The photo's
 * id is the name, without white space around it, up to its first dot. The caption is all behind the
 * tab, as it stands, and may be empty.
 *
 * <p>Rows are streamed: memory does not grow with a file. Safe for use by several threads.
 */
public final class Flickr8kFiles implements DatasetFiles {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]+\\s*");

  private final AllowedFolders folders;
  private final TextRows rows;
  private final PhotoFolder photos;

  /**
   * @param roots absolute folders below which data sets may be read; with none, all are refused
   * @param maxPhotoBytes the largest photo file that is read, 1 to 2,147,483,639
   * @throws InvalidInputException on field {@code captionary.dataset-roots} if a root is relative
   */
  public Flickr8kFiles(List<Path> roots, long maxPhotoBytes) {
    this(roots, maxPhotoBytes, FileOpener.OF_REAL_PATHS);
  }

  Flickr8kFiles(List<Path> roots, long maxPhotoBytes, FileOpener opener) {
    folders = new AllowedFolders(roots, opener);
    rows = new TextRows(folders, opener);
    photos = new PhotoFolder(folders, opener, maxPhotoBytes);
  }

  @Override
  public String format() {
    return "flickr8k";
  }

  @Override
  public void check(Dataset dataset) {
    folders.folder("photos", dataset.photos());
    textFiles(dataset).forEach(file -> folders.file(file.field(), file.path()));
  }

  @Override
  public ContentHash fingerprint(Dataset dataset) {
    check(dataset);
    Fingerprint fingerprint = new Fingerprint();
    textFiles(dataset).forEach(file -> fingerprint.add(file.field(), file.name(), stampOf(file)));
    for (String name : photoNames(dataset)) {
      addPhoto(fingerprint, dataset, name);
    }
    return fingerprint.finish();
  }

  @Override
  public ContentHash readCaptions(Dataset dataset, CaptionSink sink) {
    return rows.read(
        TextFile.captions(dataset), row -> readCaption(row.text(), sink), sink::rejected);
  }

  @Override
  public ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    return rows.read(
        TextFile.split(dataset, split),
        row -> sink.photo(PhotoNames.id(row.text()), row.number(), row.text()),
        sink::rejected);
  }

  @Override
  public List<String> photoNames(Dataset dataset) {
    return photos.names(dataset.photos());
  }

  @Override
  public FileStamp stamp(Dataset dataset, String name) throws UnreadablePhotoException {
    return photos.stamp(dataset.photos(), name);
  }

  @Override
  public byte[] readPhoto(Dataset dataset, String name) throws UnreadablePhotoException {
    return photos.read(dataset.photos(), name);
  }

  private static void readCaption(String row, CaptionSink sink) throws BadRowException {
    int tab = row.indexOf('\t');
    if (tab < 0) {
      throw new BadRowException("the row has no tab between key and caption");
    }
    sink.caption(photoOf(row.substring(0, tab)), row.substring(tab + 1));
  }

  private static PhotoId photoOf(String key) throws BadRowException {
    int hash = key.indexOf('#');
    if (hash >= 0 && !WHOLE_NUMBER.matcher(key).region(hash + 1, key.length()).matches()) {
      throw new BadRowException("no whole number stands behind the # of the key");
    }
    return PhotoNames.id(hash < 0 ? key : key.substring(0, hash));
  }

  private static Stream<TextFile> textFiles(Dataset dataset) {
    return Stream.concat(
        Stream.of(TextFile.captions(dataset)),
        dataset.splits().keySet().stream().map(name -> TextFile.split(dataset, new Split(name))));
  }

  private FileStamp stampOf(TextFile file) {
    Path real = folders.file(file.field(), file.path());
    try {
      return PhotoFolder.stampOf(Files.readAttributes(real, BasicFileAttributes.class));
    } catch (IOException e) {
      throw folders.refused(file.field(), file.path(), AllowedFolders.expected("file", e));
    }
  }

  private void addPhoto(Fingerprint fingerprint, Dataset dataset, String name) {
    try {
      fingerprint.add("photo", name, stamp(dataset, name));
    } catch (UnreadablePhotoException e) {
      fingerprint.addUnreadable("photo", name);
    }
  }
}
