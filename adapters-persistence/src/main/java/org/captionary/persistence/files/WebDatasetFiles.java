package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;

/**
 * Data sets in WebDataset's form: tar archives, in which the photo and the captions of a sample
 * stand together under one key. Nothing is unpacked: photos are read where they lie, by an index
 * that is made in one pass and kept while the archives' sizes and times stay the same.
 *
 * <p>Dataset order: shards by name, in a shard as members stand.
 */
final class WebDatasetFiles implements DatasetFiles {

  private final AllowedFolders folders;
  private final FileOpener opener;
  private final ShardFinder finder;
  private final TextFiles texts;
  private final int maxPhotoBytes;
  private final KeptIndexes<List<Shard>, ShardIndex> indexes = new KeptIndexes<>();

  WebDatasetFiles(AllowedFolders folders, FileOpener opener, int maxPhotoBytes) {
    this.folders = folders;
    this.opener = opener;
    this.finder = new ShardFinder(folders);
    this.texts = new TextFiles(folders, opener);
    this.maxPhotoBytes = maxPhotoBytes;
  }

  @Override
  public String format() {
    return "webdataset";
  }

  @Override
  public boolean recognises(Dataset dataset) {
    return dataset.captions().isEmpty() && finder.isMeant(dataset.photos());
  }

  /** Listed, or told by samples. */
  @Override
  public List<Split> splits(Dataset dataset) {
    Stream<Split> listed = dataset.splits().keySet().stream().map(Split::new);
    Stream<Split> told = index(dataset).splits().stream();
    return Stream.concat(listed, told).distinct().toList();
  }

  @Override
  public void check(Dataset dataset) {
    if (dataset.captions().isPresent()) {
      throw new InvalidInputException(
          "captions", dataset.captions().get(), "nothing, as captions lie beside the photos");
    }
    for (Shard shard : finder.find(dataset.photos())) {
      read(dataset, shard, TarMembers::requireTar);
    }
    TextFiles.besideCaptions(dataset).forEach(texts::real);
  }

  @Override
  public ContentHash fingerprint(Dataset dataset) {
    check(dataset);
    Fingerprint fingerprint = new Fingerprint();
    finder
        .find(dataset.photos())
        .forEach(shard -> fingerprint.add("shard", shard.name(), shard.stamp()));
    TextFiles.besideCaptions(dataset)
        .forEach(file -> fingerprint.add(file.field(), file.name(), texts.stamp(file)));
    return fingerprint.finish();
  }

  @Override
  public ContentHash readCaptions(Dataset dataset, CaptionSink sink) {
    CaptionReading reading = new CaptionReading(sink);
    List<Shard> shards = finder.find(dataset.photos());
    readAll(dataset, shards, reading);
    shards.forEach(shard -> sink.encoding(shard.name(), "UTF-8"));
    return reading.finish();
  }

  @Override
  public ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    return texts.readSplit(dataset, split, sink);
  }

  @Override
  public ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink) {
    return texts.readJudgements(dataset, annotators, sink);
  }

  @Override
  public List<String> photoNames(Dataset dataset) {
    return index(dataset).names();
  }

  @Override
  public FileStamp stamp(Dataset dataset, String name) throws UnreadablePhotoException {
    ShardIndex.Place place = place(dataset, name);
    return new FileStamp(place.size(), place.shard().stamp().modified());
  }

  @Override
  public byte[] readPhoto(Dataset dataset, String name) throws UnreadablePhotoException {
    ShardIndex.Place place = place(dataset, name);
    PhotoStore.requireSize(place.size(), maxPhotoBytes);
    try (InputStream in = opener.open(place.shard().real())) {
      in.skipNBytes(place.offset());
      return in.readNBytes((int) place.size());
    } catch (IOException e) {
      throw new UnreadablePhotoException("not readable: " + Reasons.of(e), e);
    }
  }

  /** By the index that is kept if the photo's own shard is as it was: others may be many. */
  private ShardIndex.Place place(Dataset dataset, String name) throws UnreadablePhotoException {
    Optional<ShardIndex.Place> last =
        indexes
            .last(dataset.photos())
            .map(index -> index.places().get(name))
            .filter(place -> isSame(dataset, place.shard()));
    return last.isPresent() ? last.get() : index(dataset).find(name);
  }

  private boolean isSame(Dataset dataset, Shard shard) {
    return finder.shard(dataset.photos(), shard.real()).stamp().equals(shard.stamp());
  }

  private ShardIndex index(Dataset dataset) {
    List<Shard> shards = finder.find(dataset.photos());
    return indexes.get(
        dataset.photos(),
        shards,
        () -> {
          ShardIndexing indexing = new ShardIndexing();
          readAll(dataset, shards, indexing);
          return indexing.finish();
        });
  }

  private void readAll(Dataset dataset, List<Shard> shards, Samples.Sink sink) {
    Samples samples = new Samples(sink);
    for (Shard shard : shards) {
      read(dataset, shard, in -> samples.read(shard, in));
    }
  }

  @FunctionalInterface
  private interface Reader {
    void read(InputStream in) throws IOException;
  }

  private void read(Dataset dataset, Shard shard, Reader reader) {
    try (InputStream in = opener.open(shard.real())) {
      reader.read(in);
    } catch (TarMembers.NoTarException e) {
      throw folders.refused(
          PhotoFolder.FIELD,
          dataset.photos(),
          "tar archives (" + shard.name() + " is none: " + e.getMessage() + ")");
    } catch (IOException e) {
      throw folders.refused(
          PhotoFolder.FIELD, dataset.photos(), AllowedFolders.expected("file", e));
    }
  }
}
