package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.junit.jupiter.api.Test;

/** Contract of {@link SnapshotRepository}. */
public abstract class SnapshotRepositoryContract extends RepositoryContract {

  private static final String EMOJI = "\uD83D\uDE00";
  private static final JudgedPair JUDGED =
      new JudgedPair(new PhotoId("a"), new PhotoId("a"), 0, Judgement.ofCrowd(1, 2));
  private static final String WIDE_TILDE = "\uFF5E";

  @Test
  void beginsAnEmptySnapshot() {
    Job job = newJob();
    ContentHash fingerprint = uniqueHash();

    Snapshot opened = open(job, fingerprint);

    assertThat(opened)
        .isEqualTo(
            new Snapshot(
                opened.id(), job.dataset(), fingerprint, Optional.empty(), Optional.empty()));
    assertThat(snapshots().find(opened.id())).contains(opened);
    assertThat(snapshots().countRejected(opened.id())).isZero();
    assertThat(photos(opened.id())).isEmpty();
  }

  @Test
  void goesOnWithTheSnapshotThatTheJobBegan() {
    Job job = newJob();
    Snapshot first = open(job, uniqueHash());

    Snapshot again = open(job, uniqueHash());

    assertThat(again).isEqualTo(first);
  }

  @Test
  void findsNothingUnderAnUnknownId() {
    assertThat(snapshots().find(new SnapshotId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void findsTheLastOfADatasetAndTheLastThatIsComplete() {
    String dataset = newDataset().name();
    assertThat(snapshots().latest(dataset)).isEmpty();
    assertThat(snapshots().latestComplete(dataset)).isEmpty();

    Snapshot first = open(newJob(dataset), uniqueHash());
    open(newJob(), uniqueHash());
    assertThat(snapshots().latest(dataset)).contains(first);
    assertThat(snapshots().latestComplete(dataset)).isEmpty();

    Snapshot complete = complete(first);
    assertThat(snapshots().latestComplete(dataset)).contains(complete);

    Snapshot second = open(newJob(dataset), uniqueHash());
    assertThat(snapshots().latest(dataset)).contains(second);
    assertThat(snapshots().latestComplete(dataset)).contains(complete);

    Snapshot secondComplete = complete(second);
    assertThat(snapshots().latestComplete(dataset)).contains(secondComplete);
  }

  @Test
  void keepsTheHashesOfTheTextFilesAndOfTheWhole() {
    Snapshot opened = open(newJob(), uniqueHash());
    Snapshot.TextFiles text =
        new Snapshot.TextFiles(
            uniqueHash(),
            new TreeMap<>(Map.of("train", uniqueHash(), "dev", uniqueHash())),
            new TreeMap<>(Map.of(Annotators.EXPERT, uniqueHash())));
    ContentHash content = uniqueHash();

    write(() -> snapshots().textRead(opened.id(), text));
    write(() -> snapshots().complete(opened.id(), content));

    assertThat(snapshots().find(opened.id()))
        .contains(
            new Snapshot(
                opened.id(),
                opened.dataset(),
                opened.fingerprint(),
                Optional.of(text),
                Optional.of(content)));
  }

  @Test
  void keepsTheHashOfACaptionFileWithoutSplits() {
    SnapshotId id = open(newJob(), uniqueHash()).id();
    Snapshot.TextFiles text = new Snapshot.TextFiles(uniqueHash(), new TreeMap<>());

    write(() -> snapshots().textRead(id, text));

    assertThat(snapshots().find(id).orElseThrow().text()).contains(text);
  }

  @Test
  void leavesAPhotoInItsFirstSplit() {
    SnapshotId id = newSnapshot(newJob());
    addToSplit(id, TRAIN, "a", "b");

    addToSplit(id, TEST, "b", "c");

    assertThat(snapshots().splits(id, ids("a", "b", "c", "d")))
        .isEqualTo(
            Map.of(new PhotoId("a"), TRAIN, new PhotoId("b"), TRAIN, new PhotoId("c"), TEST));
    assertThat(snapshots().splits(id, ids("c"))).containsOnlyKeys(new PhotoId("c"));
    assertThat(snapshots().splits(id, List.of())).isEmpty();
    assertThat(snapshots().splits(newSnapshot(newJob()), ids("a"))).isEmpty();
  }

  @Test
  void putsNoPhotoIntoASplitWhenThereIsNone() {
    SnapshotId id = newSnapshot(newJob());

    addToSplit(id, TRAIN);

    assertThat(snapshots().splits(id, ids("a"))).isEmpty();
  }

  @Test
  void clearsSplitsAndRejectedRowsButNoPhoto() {
    SnapshotId id = newSnapshot(newJob());
    addToSplit(id, TRAIN, "a");
    newPhoto(id, "a");
    RejectedInput photo = RejectedInput.photo("b.jpg", "broken");
    addRejected(id, row(RejectedInput.Kind.CAPTION, 3), photo, row(RejectedInput.Kind.SPLIT, 4));
    addRejected(id, row(RejectedInput.Kind.JUDGEMENT, 5));

    write(() -> snapshots().clearText(id));

    assertThat(snapshots().splits(id, ids("a"))).isEmpty();
    assertThat(rejected(id)).containsExactly(photo);
    assertThat(photos(id)).extracting(ImportedPhoto::id).containsExactly(new PhotoId("a"));
    addToSplit(id, TEST, "a");
    assertThat(snapshots().splits(id, ids("a"))).containsValue(TEST);
  }

  @Test
  void givesRejectedRowsByKindAndLineThenPhotosByName() {
    SnapshotId id = newSnapshot(newJob());
    RejectedInput emoji = RejectedInput.photo(EMOJI + ".jpg", "broken");
    RejectedInput tilde = RejectedInput.photo(WIDE_TILDE + ".jpg", "broken");
    RejectedInput upper = RejectedInput.photo("B.jpg", "a reason with \"quotes\", \\N and\ttab");
    RejectedInput lower = RejectedInput.photo("a.jpg", "broken");
    addRejected(id, emoji, row(RejectedInput.Kind.SPLIT, 2), lower);
    addRejected(id, row(RejectedInput.Kind.CAPTION, 10), row(RejectedInput.Kind.CAPTION, 9));
    addRejected(id, row(RejectedInput.Kind.JUDGEMENT, 1));
    addRejected(id, tilde, upper);

    assertThat(rejected(id))
        .containsExactly(
            row(RejectedInput.Kind.CAPTION, 9),
            row(RejectedInput.Kind.CAPTION, 10),
            row(RejectedInput.Kind.JUDGEMENT, 1),
            row(RejectedInput.Kind.SPLIT, 2),
            upper,
            lower,
            tilde,
            emoji);
    assertThat(snapshots().countRejected(id)).isEqualTo(8);
    assertThat(rejected(newSnapshot(newJob()))).isEmpty();
  }

  @Test
  void keepsAPhotoToTheMicrosecond() {
    SnapshotId id = newSnapshot(newJob());
    Instant modified = Instant.parse("1999-12-31T23:59:59.000001Z");
    ImportedPhoto photo =
        new ImportedPhoto(
            new PhotoId(EMOJI),
            EMOJI + ".x \\N.jpeg",
            new DatasetFiles.FileStamp(5_000_000_000L, modified),
            newContent());

    write(() -> snapshots().addPhotos(id, List.of(photo)));

    assertThat(photos(id)).containsExactly(photo);
    assertThat(snapshots().byFileName(id, List.of(photo.fileName())))
        .isEqualTo(Map.of(photo.fileName(), photo));
    assertThat(snapshots().byId(id, List.of(photo.id()))).isEqualTo(Map.of(photo.id(), photo));
  }

  @Test
  void findsPhotosByNameAndById() {
    SnapshotId id = newSnapshot(newJob());
    ImportedPhoto a = photo("a", newPhoto(id, "a"));
    newPhoto(id, "b");

    assertThat(snapshots().byFileName(id, List.of("a.jpg", "c.jpg", "a")))
        .isEqualTo(Map.of("a.jpg", a));
    assertThat(snapshots().byId(id, ids("a", "c"))).isEqualTo(Map.of(a.id(), a));
    assertThat(snapshots().byFileName(id, List.of())).isEmpty();
    assertThat(snapshots().byId(id, List.of())).isEmpty();
    assertThat(snapshots().byId(newSnapshot(newJob()), ids("a"))).isEmpty();
  }

  @Test
  void looksUpMorePhotosThanAStatementTakesParameters() {
    SnapshotId id = newSnapshot(newJob());
    newPhoto(id, "n7");
    List<String> names = IntStream.range(0, 70_000).mapToObj(i -> "n" + i + ".jpg").toList();

    assertThat(snapshots().handled(id, names)).containsExactly("n7.jpg");
    assertThat(snapshots().byFileName(id, names)).containsOnlyKeys("n7.jpg");
  }

  @Test
  void takesTheSameContentUnderSeveralIds() {
    SnapshotId id = newSnapshot(newJob());
    ContentHash content = newContent();

    write(() -> snapshots().addPhotos(id, List.of(photo("a", content), photo("b", content))));

    assertThat(photos(id)).extracting(ImportedPhoto::content).containsExactly(content, content);
  }

  @Test
  void countsImportedAndRejectedPhotosAsHandled() {
    SnapshotId id = newSnapshot(newJob());
    newPhoto(id, "a");
    RejectedInput captionRow =
        new RejectedInput(
            RejectedInput.Kind.CAPTION, "captions.txt", OptionalLong.of(1), "x", "no tab");
    addRejected(id, RejectedInput.photo("b.jpg", "broken"), captionRow);

    assertThat(snapshots().handled(id, List.of("a.jpg", "b.jpg", "c.jpg", "captions.txt")))
        .isEqualTo(Set.of("a.jpg", "b.jpg"));
    assertThat(snapshots().handled(id, List.of("b.jpg"))).containsExactly("b.jpg");
    assertThat(snapshots().handled(id, List.of())).isEmpty();
    assertThat(snapshots().handled(newSnapshot(newJob()), List.of("a.jpg"))).isEmpty();
  }

  @Test
  void givesPhotosInTheOrderOfCodePoints() {
    SnapshotId id = newSnapshot(newJob());
    Stream.of(EMOJI, "a", "B", WIDE_TILDE, "_", "a-", "aB").forEach(name -> newPhoto(id, name));

    assertThat(photos(id))
        .extracting(photo -> photo.id().value())
        .containsExactly("B", "_", "a", "a-", "aB", WIDE_TILDE, EMOJI);
  }

  @Test
  void discardsASnapshotWithAllItsRows() {
    Job job = newJob();
    SnapshotId id = open(job, uniqueHash()).id();
    SnapshotId other = open(newJob(job.dataset()), uniqueHash()).id();
    Stream.of(id, other)
        .forEach(
            each -> {
              addCaptions(each, "a: a dog");
              write(() -> repositories().judgements().add(each, List.of(JUDGED)));
              addToSplit(each, TRAIN, "a");
              newPhoto(each, "a");
              addRejected(each, RejectedInput.photo("b.jpg", "broken"));
            });

    write(() -> repositories().jobs().useSnapshot(job.id(), id));

    write(() -> snapshots().discard(id));

    assertThat(snapshots().find(id)).isEmpty();
    assertThat(repositories().jobs().find(job.id()).orElseThrow().snapshot()).isEmpty();
    assertThat(snapshots().latest(job.dataset())).map(Snapshot::id).contains(other);
    assertThat(written(() -> snapshots().sweep(2))).isBetween(1, 2);
    cleanUp();
    assertThat(repositories().captions().describedPhotos(id, JudgementFilter.NONE)).isZero();
    assertThat(repositories().judgements().of(id, ids("a"))).isEmpty();
    assertThat(snapshots().splits(id, ids("a"))).isEmpty();
    assertThat(photos(id)).isEmpty();
    assertThat(rejected(id)).isEmpty();
    assertThat(repositories().judgements().of(other, ids("a"))).containsExactly(JUDGED);
    assertThat(snapshots().find(other)).isPresent();
    assertThat(repositories().captions().describedPhotos(other, JudgementFilter.NONE)).isEqualTo(1);
    assertThat(photos(other)).hasSize(1);
    assertThat(rejected(other)).hasSize(1);
    assertThat(snapshots().splits(other, ids("a"))).hasSize(1);
  }

  private static RejectedInput row(RejectedInput.Kind kind, long line) {
    return new RejectedInput(kind, "rows.txt", OptionalLong.of(line), "a row " + line, "no tab");
  }

  private static List<PhotoId> ids(String... ids) {
    return Arrays.stream(ids).map(PhotoId::new).toList();
  }

  private SnapshotRepository snapshots() {
    return repositories().snapshots();
  }

  private Snapshot open(Job job, ContentHash fingerprint) {
    return written(() -> snapshots().open(job.id(), job.dataset(), fingerprint));
  }

  private Snapshot complete(Snapshot snapshot) {
    Snapshot.TextFiles text = new Snapshot.TextFiles(uniqueHash(), new TreeMap<>());
    write(() -> snapshots().textRead(snapshot.id(), text));
    write(() -> snapshots().complete(snapshot.id(), uniqueHash()));
    return snapshots().find(snapshot.id()).orElseThrow();
  }

  private void addRejected(SnapshotId snapshot, RejectedInput... rejected) {
    write(() -> snapshots().addRejected(snapshot, List.of(rejected)));
  }

  private List<RejectedInput> rejected(SnapshotId snapshot) {
    List<RejectedInput> rejected = new ArrayList<>();
    snapshots().forEachRejected(snapshot, rejected::add);
    return rejected;
  }

  private List<ImportedPhoto> photos(SnapshotId snapshot) {
    List<ImportedPhoto> photos = new ArrayList<>();
    snapshots().forEachPhoto(snapshot, photos::add);
    return photos;
  }
}
