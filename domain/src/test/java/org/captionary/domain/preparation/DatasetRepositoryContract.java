package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.junit.jupiter.api.Test;

/** Contract of {@link DatasetRepository}. */
public abstract class DatasetRepositoryContract extends RepositoryContract {

  @Test
  void findsADatasetByItsNameAsItWasAdded() {
    Dataset dataset = dataset(uniqueName());

    assertThat(add(dataset)).isTrue();

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }

  @Test
  void keepsADatasetWithoutSplits() {
    Dataset dataset =
        new Dataset(uniqueName(), "coco", Path.of("/a b/Fotos ü"), Path.of("/a b/ä.txt"), Map.of());

    add(dataset);

    assertThat(repositories().datasets().byName(dataset.name())).contains(dataset);
  }

  @Test
  void keepsWhereHumanJudgementsAre() {
    TreeMap<Annotators, Path> annotations = new TreeMap<>();
    annotations.put(Annotators.CROWD, Path.of("/a b/crowd ü.txt"));
    Dataset crowd = annotated(annotations);
    annotations.put(Annotators.EXPERT, Path.of("/expert.txt"));
    Dataset both = annotated(annotations);

    add(crowd);
    add(both);

    assertThat(repositories().datasets().byName(crowd.name())).contains(crowd);
    assertThat(repositories().datasets().byName(both.name())).contains(both);
  }

  private static Dataset annotated(SortedMap<Annotators, Path> annotations) {
    Dataset like = dataset(uniqueName());
    return new Dataset(
        like.name(), like.format(), like.photos(), like.captions(), like.splits(), annotations);
  }

  @Test
  void refusesATakenNameAndKeepsTheFirst() {
    Dataset first = newDataset();
    Dataset second =
        new Dataset(first.name(), "flickr8k", Path.of("/other"), Path.of("/other/c.txt"), Map.of());

    assertThat(add(second)).isFalse();

    assertThat(repositories().datasets().byName(first.name())).contains(first);
  }

  @Test
  void tellsNamesApartByCase() {
    String name = uniqueName();
    add(dataset(name));

    assertThat(add(dataset(name.replace('t', 'T')))).isTrue();
  }

  @Test
  void findsNothingUnderAnUnknownName() {
    assertThat(repositories().datasets().byName(uniqueName())).isEmpty();
  }

  @Test
  void findsNothingByATextThatIsNoName() {
    assertThat(repositories().datasets().byName("a\0b")).isEmpty();
    assertThat(repositories().datasets().byName("")).isEmpty();
  }

  @Test
  void listsAllInTheOrderOfCodePointsOfTheirNames() {
    String stem = uniqueName();
    List<String> ordered = List.of("-b", ".a", "0", "B", "Z", "_a", "a", "a-", "a.", "aB", "ab");
    List.of("a", "ab", "0", "_a", "-b", "Z", "aB", "B", "a.", ".a", "a-")
        .forEach(end -> add(dataset(stem + end)));

    List<String> listed =
        repositories().datasets().all().stream()
            .map(Dataset::name)
            .filter(name -> name.startsWith(stem))
            .toList();

    assertThat(listed).isEqualTo(ordered.stream().map(end -> stem + end).toList());
  }

  @Test
  void locksWhatIsThere() {
    Dataset dataset = newDataset();

    assertThat(written(() -> repositories().datasets().lock(dataset.name()))).isTrue();
    assertThat(written(() -> repositories().datasets().lock(uniqueName()))).isFalse();
    assertThat(written(() -> repositories().datasets().lock("a\0b"))).isFalse();
  }

  @Test
  void deletesADatasetWithAllThatWasMadeOfIt() {
    Dataset dataset = newDataset();
    Job job = newJob(dataset.name());
    SnapshotId snapshot = newSnapshot(job);
    newPhoto(snapshot, "a");
    addCaptions(snapshot, "a: a dog runs");
    addToSplit(snapshot, TRAIN, "a");
    write(() -> repositories().snapshots().addRejected(snapshot, REJECTED));
    Preparation published = publish(job, newPreparation(job), job.recipe(), Optional.empty());
    write(() -> repositories().jobs().succeeded(job.id(), published.id(), NOW));
    Job later = newJob(dataset.name());
    write(() -> repositories().jobs().useSnapshot(later.id(), snapshot));
    PreparationKey unpublished = newPreparation(later);
    addEncoded(unpublished, newContent());

    write(() -> repositories().datasets().delete(dataset.name()));

    assertThat(repositories().datasets().byName(dataset.name())).isEmpty();
    assertThat(repositories().datasets().all()).doesNotContain(dataset);
    assertThat(repositories().jobs().find(job.id())).isEmpty();
    assertThat(repositories().jobs().latest(dataset.name())).isEmpty();
    assertThat(repositories().snapshots().latest(dataset.name())).isEmpty();
    assertThat(repositories().preparations().byId(published.id())).isEmpty();
    cleanUp();
    assertThat(described(snapshot)).isEmpty();
    assertThat(repositories().snapshots().find(snapshot)).isEmpty();
    assertThat(repositories().snapshots().countRejected(snapshot)).isZero();
    assertThat(repositories().snapshots().byFileName(snapshot, List.of("a.jpg"))).isEmpty();
    assertThat(repositories().snapshots().splits(snapshot, List.of(new PhotoId("a")))).isEmpty();
    assertThat(repositories().examples().photosAfter(unpublished, Optional.empty(), 9)).isEmpty();
    assertThat(written(() -> repositories().snapshots().sweep(1))).isZero();
  }

  private static final List<RejectedInput> REJECTED =
      List.of(RejectedInput.photo("b.jpg", "no photo"), RejectedInput.photo("c.jpg", "no photo"));

  @Test
  void leavesOtherDatasetsAlone() {
    Job other = newJob();
    SnapshotId snapshot = newSnapshot(other);
    ContentHash content = newPhoto(snapshot, "a");
    addCaptions(snapshot, "a: a dog runs");
    Preparation published = publish(other, newPreparation(other), other.recipe(), Optional.empty());
    Dataset dataset = newDataset();

    write(() -> repositories().datasets().delete(dataset.name()));
    cleanUp();

    assertThat(repositories().datasets().byName(other.dataset())).isPresent();
    assertThat(repositories().jobs().latest(other.dataset())).isPresent();
    assertThat(repositories().preparations().byId(published.id())).contains(published);
    assertThat(repositories().snapshots().byId(snapshot, List.of(new PhotoId("a"))))
        .containsEntry(new PhotoId("a"), photo("a", content));
    assertThat(described(snapshot)).hasSize(1);
  }

  @Test
  void registersTheNameOfADeletedDatasetAnew() {
    Dataset first = newDataset();
    newSnapshot(newJob(first.name()));
    write(() -> repositories().datasets().delete(first.name()));

    assertThat(add(first)).isTrue();

    assertThat(repositories().snapshots().latest(first.name())).isEmpty();
    assertThat(repositories().jobs().latest(first.name())).isEmpty();
    Job job = newJob(first.name());
    assertThat(repositories().jobs().find(job.id())).contains(job);
  }

  private boolean add(Dataset dataset) {
    return written(() -> repositories().datasets().add(dataset));
  }
}
