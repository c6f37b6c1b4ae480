package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;

/**
 * Data sets of one format: captions in a file, photos in a {@link PhotoStore}, and for each split a
 * list with a file name a row.
 *
 * <p>Rows are streamed: memory does not grow with a file. Safe for use by several threads.
 */
final class FormattedFiles implements DatasetFiles {

  private final CaptionFormat layout;
  private final AllowedFolders folders;
  private final FileOpener opener;
  private final PhotoStore photos;

  FormattedFiles(
      CaptionFormat layout, AllowedFolders folders, FileOpener opener, PhotoStore photos) {
    this.layout = layout;
    this.folders = folders;
    this.opener = opener;
    this.photos = photos;
  }

  @Override
  public String format() {
    return layout.name();
  }

  @Override
  public boolean recognises(Dataset dataset) {
    if (dataset.captions().isEmpty()) {
      return false;
    }
    TextFile captions = TextFile.captions(dataset);
    Path real = folders.file(captions.field(), captions.path());
    try (InputStream in = opener.open(real)) {
      return layout.recognises(Head.of(Utf8Stream.of(in).stream()));
    } catch (IOException e) {
      throw refused(captions, e);
    }
  }

  @Override
  public List<Split> splits(Dataset dataset) {
    Stream<Split> listed = dataset.splits().keySet().stream().map(Split::new);
    return Stream.concat(listed, layout.splits().stream()).distinct().toList();
  }

  @Override
  public void check(Dataset dataset) {
    photos.check(dataset.photos());
    if (dataset.captions().isEmpty()) {
      throw new InvalidInputException("captions", null, "an absolute path");
    }
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
    TextFile file = TextFile.captions(dataset);
    return hashed(file, sink, source -> layout.read(source, file, sink));
  }

  @Override
  public ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    TextFile file = TextFile.split(dataset, split);
    return hashed(
        file,
        sink,
        source -> TextRows.read(source.open(), file, row -> photo(row, sink), sink::rejected));
  }

  private static void photo(Line row, SplitSink sink) throws BadRowException {
    sink.photo(PhotoNames.id(row.text()), row.number(), row.text());
  }

  @Override
  public ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink) {
    TextFile file = TextFile.annotations(dataset, annotators);
    TextRows.RowReader rows = JudgementRows.reader(annotators, sink);
    return hashed(file, sink, source -> TextRows.read(source.open(), file, rows, sink::rejected));
  }

  private interface Reader {
    void read(TextSource source) throws IOException;
  }

  private ContentHash hashed(TextFile file, TextSink sink, Reader reader) {
    Path real = folders.file(file.field(), file.path());
    try (HashedSource source = new HashedSource(opener, real)) {
      reader.read(source);
      sink.encoding(file.name(), source.encoding());
      return source.finish();
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  private InvalidInputException refused(TextFile file, IOException e) {
    return folders.refused(file.field(), file.path(), AllowedFolders.expected("file", e));
  }

  /** Text files of the data set that lie among its photos are none of them. */
  @Override
  public List<String> photoNames(Dataset dataset) {
    List<String> names = photos.names(dataset.photos());
    Set<String> texts = textsAmongPhotos(dataset);
    return texts.isEmpty() ? names : names.stream().filter(n -> !texts.contains(n)).toList();
  }

  private Set<String> textsAmongPhotos(Dataset dataset) {
    if (!Files.isDirectory(dataset.photos())) {
      return Set.of();
    }
    Path folder = folders.folder(PhotoFolder.FIELD, dataset.photos());
    return textFiles(dataset)
        .map(file -> folders.file(file.field(), file.path()))
        .filter(real -> real.startsWith(folder))
        .map(real -> Nested.nameBelow(folder, real))
        .collect(Collectors.toSet());
  }

  @Override
  public FileStamp stamp(Dataset dataset, String name) throws UnreadablePhotoException {
    return photos.stamp(dataset.photos(), name);
  }

  @Override
  public byte[] readPhoto(Dataset dataset, String name) throws UnreadablePhotoException {
    return photos.read(dataset.photos(), name);
  }

  private static Stream<TextFile> textFiles(Dataset dataset) {
    return Stream.concat(Stream.of(TextFile.captions(dataset)), furtherFiles(dataset));
  }

  /** Lists of splits, and judgements. */
  static Stream<TextFile> furtherFiles(Dataset dataset) {
    return Stream.concat(
        dataset.splits().keySet().stream().map(name -> TextFile.split(dataset, new Split(name))),
        dataset.annotations().keySet().stream().map(of -> TextFile.annotations(dataset, of)));
  }

  FileStamp stampOf(TextFile file) {
    Path real = folders.file(file.field(), file.path());
    try {
      return PhotoFolder.stampOf(Files.readAttributes(real, BasicFileAttributes.class));
    } catch (IOException e) {
      throw refused(file, e);
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
