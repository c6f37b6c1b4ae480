package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final TextFiles texts;
  private final PhotoStore photos;

  FormattedFiles(
      CaptionFormat layout, AllowedFolders folders, FileOpener opener, PhotoStore photos) {
    this.layout = layout;
    this.folders = folders;
    this.opener = opener;
    this.texts = new TextFiles(folders, opener);
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
    Path real = texts.real(captions);
    try (InputStream in = opener.open(real)) {
      return layout.recognises(Head.of(Utf8Stream.of(in).stream()));
    } catch (IOException e) {
      throw texts.refused(captions, e);
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
    textFiles(dataset).forEach(texts::real);
  }

  @Override
  public ContentHash fingerprint(Dataset dataset) {
    check(dataset);
    Fingerprint fingerprint = new Fingerprint();
    textFiles(dataset)
        .forEach(file -> fingerprint.add(file.field(), file.name(), texts.stamp(file)));
    for (String name : photoNames(dataset)) {
      addPhoto(fingerprint, dataset, name);
    }
    return fingerprint.finish();
  }

  @Override
  public ContentHash readCaptions(Dataset dataset, CaptionSink sink) {
    TextFile file = TextFile.captions(dataset);
    return texts.read(file, sink, source -> layout.read(source, file, sink));
  }

  @Override
  public ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    return texts.readSplit(dataset, split, sink);
  }

  @Override
  public ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink) {
    return texts.readJudgements(dataset, annotators, sink);
  }

  /** Text files of the data set that lie among its photos are none of them. */
  @Override
  public List<String> photoNames(Dataset dataset) {
    List<String> names = photos.names(dataset.photos());
    Set<String> others = textsAmongPhotos(dataset);
    return others.isEmpty() ? names : names.stream().filter(n -> !others.contains(n)).toList();
  }

  private Set<String> textsAmongPhotos(Dataset dataset) {
    if (!Files.isDirectory(dataset.photos())) {
      return Set.of();
    }
    Path folder = folders.folder(PhotoFolder.FIELD, dataset.photos());
    return textFiles(dataset)
        .map(texts::real)
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
    return Stream.concat(Stream.of(TextFile.captions(dataset)), TextFiles.besideCaptions(dataset));
  }

  private void addPhoto(Fingerprint fingerprint, Dataset dataset, String name) {
    try {
      fingerprint.add("photo", name, stamp(dataset, name));
    } catch (UnreadablePhotoException e) {
      fingerprint.addUnreadable("photo", name);
    }
  }
}
