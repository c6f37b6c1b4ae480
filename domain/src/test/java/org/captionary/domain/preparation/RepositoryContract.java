package org.captionary.domain.preparation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * What the contracts of the repositories share: a store that is never emptied, so that every test
 * works under names of its own; every write in a unit of work.
 */
public abstract class RepositoryContract {

  /** Instants are kept to the microsecond. */
  protected static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

  protected static final Instant LATER = NOW.plusSeconds(61).plusNanos(1_000);

  protected static final Split TRAIN = new Split("train");
  protected static final Split TEST = new Split("test");

  /** The repositories under test; several calls may give views of the same store. */
  protected abstract Repositories repositories();

  protected final void write(Runnable work) {
    repositories().unit().run(work);
  }

  protected final <T> T written(Supplier<T> work) {
    List<T> result = new ArrayList<>();
    write(() -> result.add(work.get()));
    return result.get(0);
  }

  protected static String uniqueName() {
    return "t-" + UUID.randomUUID();
  }

  protected static ContentHash uniqueHash() {
    return ContentHash.of(uniqueName().getBytes(StandardCharsets.UTF_8));
  }

  protected static PreparationId uniquePreparationId() {
    return new PreparationId(uniqueHash().hex().substring(0, 16));
  }

  protected static ExtractorIdentity uniqueExtractor() {
    return new ExtractorIdentity("vgg16", "untrained", uniqueHash(), "float32");
  }

  protected static Dataset dataset(String name) {
    return new Dataset(
        name,
        "flickr8k",
        Path.of("/data/photos"),
        Path.of("/data/captions.txt"),
        Map.of("train", Path.of("/data/train.txt"), "test", Path.of("/data/test.txt")));
  }

  protected final Dataset newDataset() {
    Dataset dataset = dataset(uniqueName());
    write(() -> repositories().datasets().add(dataset));
    return dataset;
  }

  protected static Submission submission(String dataset) {
    return new Submission(dataset, Recipe.TUTORIAL, false, uniqueHash(), Optional.empty());
  }

  /** A job of a data set of its own. */
  protected final Job newJob() {
    return newJob(newDataset().name());
  }

  protected final Job newJob(String dataset) {
    return written(() -> repositories().jobs().add(submission(dataset), NOW).orElseThrow());
  }

  /** A snapshot that the job works on. */
  protected final SnapshotId newSnapshot(Job job) {
    return written(
        () -> {
          SnapshotId id =
              repositories().snapshots().open(job.id(), job.dataset(), uniqueHash()).id();
          repositories().jobs().useSnapshot(job.id(), id);
          return id;
        });
  }

  protected final PreparationKey newPreparation(Job job) {
    return written(() -> repositories().preparations().open(job.id()));
  }

  /** A preparation without photos. */
  protected final Preparation published() {
    Job job = newJob();
    Preparation preparation =
        new Preparation(
            uniquePreparationId(),
            newPreparation(job),
            job.dataset(),
            job.recipe(),
            1,
            0,
            0,
            Map.of(Split.ALL, SplitFigures.NONE),
            Optional.of(uniqueExtractor()),
            PreparationRepositoryContract.provenance(job));
    write(() -> repositories().preparations().publish(preparation));
    return preparation;
  }

  /** The content of a photo whose pixels are kept. */
  protected final ContentHash newContent() {
    ContentHash content = uniqueHash();
    write(
        () -> repositories().photos().addPixels(Rendering.KERAS, Map.of(content, pixels(content))));
    return content;
  }

  /** Pixels that differ from content to content. */
  protected static Pixels pixels(ContentHash content) {
    byte[] rgb = new byte[Pixels.LENGTH];
    byte[] seed = content.bytes();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (seed[i % seed.length] + i / seed.length);
    }
    return new Pixels(rgb);
  }

  /** Puts a photo with a usable file into a snapshot. */
  protected final ContentHash newPhoto(SnapshotId snapshot, String id) {
    ContentHash content = newContent();
    write(() -> repositories().snapshots().addPhotos(snapshot, List.of(photo(id, content))));
    return content;
  }

  protected static ImportedPhoto photo(String id, ContentHash content) {
    DatasetFiles.FileStamp stamp = new DatasetFiles.FileStamp(id.length(), NOW);
    return new ImportedPhoto(new PhotoId(id), id + ".jpg", stamp, content);
  }

  /** Adds raw captions, {@code id: text} each, in dataset order from ordinal 0. */
  protected final void addCaptions(SnapshotId snapshot, String... rows) {
    List<Caption> captions = new ArrayList<>();
    for (String row : rows) {
      String[] parts = row.split(": ", 2);
      captions.add(new Caption(new PhotoId(parts[0]), captions.size(), parts[1]));
    }
    write(() -> repositories().captions().add(snapshot, captions));
  }

  protected final void addToSplit(SnapshotId snapshot, Split split, String... ids) {
    List<PhotoId> photos = Arrays.stream(ids).map(PhotoId::new).toList();
    write(() -> repositories().snapshots().addToSplit(snapshot, split, photos));
  }

  /** Every described photo of a snapshot. */
  protected final List<Described<Caption>> described(SnapshotId snapshot) {
    return repositories()
        .captions()
        .describedAfter(snapshot, JudgementFilter.NONE, Optional.empty(), 1_000);
  }

  /** Adds a described photo of that content to a preparation in the making. */
  protected final void addEncoded(PreparationKey key, ContentHash content) {
    List<EncodedCaption> captions = List.of(new EncodedCaption(new int[] {1, 2}));
    Described<EncodedCaption> photo =
        new Described<>(
            new PhotoId(uniqueName()), Optional.empty(), Optional.of(content), 0, captions);
    ExampleTotals before =
        ExampleTotals.of(repositories().examples().photosAfter(key, Optional.empty(), 1_000));
    EncodedPhoto numbered = new ExampleNumbering(before).number(photo);
    write(() -> repositories().examples().add(key, List.of(numbered), before));
  }

  /** Publishes what a job has made by a recipe of its own; features are some extractor's. */
  protected final Preparation publish(
      Job job, PreparationKey key, Recipe recipe, Optional<ExtractorIdentity> extractor) {
    Preparation preparation =
        new Preparation(
            uniquePreparationId(),
            key,
            job.dataset(),
            recipe,
            2,
            3,
            0,
            Map.of(Split.ALL, SplitFigures.NONE),
            recipe.layers().isEmpty() ? extractor : extractor.or(this::someExtractor),
            PreparationRepositoryContract.provenance(job));
    write(() -> repositories().preparations().publish(preparation));
    return preparation;
  }

  private Optional<ExtractorIdentity> someExtractor() {
    return Optional.of(uniqueExtractor());
  }

  /** Takes away all that deletions left. */
  protected final void cleanUp() {
    while (written(() -> repositories().preparations().sweep(1_000)) > 0
        || written(() -> repositories().snapshots().sweep(1_000)) > 0
        || written(() -> repositories().photos().purge(1_000)) > 0) {
      // the next part
    }
  }

  /** The captions cut at spaces, as a recipe that takes all of them would keep them. */
  protected static Described<CleanCaption> clean(Described<Caption> photo) {
    return photo.with(
        raw -> raw.stream().map(c -> new CleanCaption(c.photo(), c.ordinal(), words(c))).toList());
  }

  private static List<String> words(Caption caption) {
    return Arrays.stream(caption.text().split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
