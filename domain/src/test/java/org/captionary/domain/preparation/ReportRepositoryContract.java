package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ImportReport.Listed;
import org.captionary.domain.preparation.ImportReport.Rejected;
import org.captionary.domain.preparation.ReportRepository.TextAccount;
import org.junit.jupiter.api.Test;

/** Contract of {@link ReportRepository}. */
public abstract class ReportRepositoryContract extends RepositoryContract {

  private static final RejectedInput.Kind CAPTION = RejectedInput.Kind.CAPTION;

  private ImportReport report(SnapshotId snapshot) {
    return repositories().reports().report(snapshot);
  }

  @Test
  void reportsNothingBeforeAnythingIsRead() {
    Listed none = new Listed(0, List.of());
    TreeMap<String, Long> no = new TreeMap<>();

    assertThat(report(newSnapshot(newJob())))
        .isEqualTo(
            new ImportReport(
                OptionalLong.empty(),
                0,
                0,
                0,
                0,
                0,
                0,
                none,
                none,
                no,
                List.of(),
                no,
                no,
                new TreeMap<>()));
  }

  @Test
  void countsCaptionsAndWhatIsOddAboutThem() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(
        snapshot, "a: A dog", "a: A dog", "b: A dog", "a:  \t", "a: A dog", "c: ", "b: a dog");

    ImportReport report = report(snapshot);

    assertThat(report.captions()).isEqualTo(7);
    assertThat(report.emptyCaptions()).isEqualTo(2);
    assertThat(report.repeatedCaptions()).isEqualTo(2);
    assertThat(report.describedPhotos()).isEqualTo(3);
  }

  @Test
  void namesPhotosThatLackTheirOther() {
    SnapshotId snapshot = newSnapshot(newJob());
    addCaptions(snapshot, "b: x", "d: x", "a: x");
    ContentHash content = newPhoto(snapshot, "a");
    newPhoto(snapshot, "f");
    write(
        () ->
            repositories()
                .snapshots()
                .addPhotos(snapshot, List.of(photo("e", content), photo("c", content))));

    ImportReport report = report(snapshot);

    assertThat(report.photos()).isEqualTo(4);
    assertThat(report.repeatedPhotos()).isEqualTo(2);
    assertThat(report.photosWithoutCaptions()).isEqualTo(listed("c", "e", "f"));
    assertThat(report.describedWithoutPhoto()).isEqualTo(listed("b", "d"));
  }

  private static Listed listed(String... ids) {
    List<PhotoId> photos = List.of(ids).stream().map(PhotoId::new).toList();
    return new Listed(photos.size(), photos);
  }

  @Test
  void namesSoManyPhotosAndNoMore() {
    SnapshotId snapshot = newSnapshot(newJob());
    int photos = ImportReport.LISTED + 5;
    String[] rows =
        IntStream.range(0, photos)
            .mapToObj(n -> String.format(Locale.ROOT, "%05d: x", n))
            .toArray(String[]::new);
    addCaptions(snapshot, rows);

    Listed listed = report(snapshot).describedWithoutPhoto();

    assertThat(listed.count()).isEqualTo(photos);
    assertThat(listed.first()).hasSize(ImportReport.LISTED).startsWith(new PhotoId("00000"));
  }

  @Test
  void countsSplitsAndReasons() {
    SnapshotId snapshot = newSnapshot(newJob());
    addToSplit(snapshot, new Split("train"), "a", "b");
    addToSplit(snapshot, new Split("dev"), "c");
    reject(snapshot, CAPTION, "the row: has no tab");
    reject(snapshot, CAPTION, "the row has no, photo");
    reject(snapshot, CAPTION, "blank");
    reject(snapshot, RejectedInput.Kind.PHOTO, "blank");

    ImportReport report = report(snapshot);

    assertThat(report.splits()).isEqualTo(Map.of("train", 2L, "dev", 1L));
    assertThat(report.rejected())
        .containsExactly(
            new Rejected(CAPTION, "the row has no", 2),
            new Rejected(CAPTION, "blank", 1),
            new Rejected(RejectedInput.Kind.PHOTO, "blank", 1));
  }

  @Test
  void tellsSoManyReasonsApart() {
    SnapshotId snapshot = newSnapshot(newJob());
    List<RejectedInput> rows = new ArrayList<>();
    for (int reason = 0; reason < ImportReport.REASONS + 7; reason++) {
      rows.add(row(CAPTION, String.format(Locale.ROOT, "r%03d", reason)));
    }
    write(() -> repositories().snapshots().addRejected(snapshot, rows));

    assertThat(report(snapshot).rejected())
        .hasSize(ImportReport.REASONS + 1)
        .startsWith(new Rejected(CAPTION, "r000", 1))
        .endsWith(new Rejected(CAPTION, ImportReport.OTHER, 7));
  }

  private void reject(SnapshotId snapshot, RejectedInput.Kind kind, String reason) {
    write(() -> repositories().snapshots().addRejected(snapshot, List.of(row(kind, reason))));
  }

  private static RejectedInput row(RejectedInput.Kind kind, String reason) {
    return new RejectedInput(kind, "file", OptionalLong.of(1), "", reason);
  }

  @Test
  void keepsWhatTheReadingTold() {
    SnapshotId snapshot = newSnapshot(newJob());
    write(() -> repositories().reports().noteText(snapshot, new TextAccount(1, Map.of())));
    TextAccount account = new TextAccount(12, Map.of("a.txt", "UTF-8", "b.txt", "UTF-16LE"));
    write(() -> repositories().reports().noteText(snapshot, account));

    assertThat(report(snapshot).captionRows()).hasValue(12);
    assertThat(report(snapshot).encodings()).isEqualTo(account.encodings());
  }

  @Test
  void countsPhotosThatOtherDatasetsHaveToo() {
    Dataset other = newDataset();
    SnapshotId before = newSnapshot(newJob(other.name()));
    SnapshotId last = newSnapshot(newJob(other.name()));
    SnapshotId open = newSnapshot(newJob(newDataset().name()));
    SnapshotId snapshot = newSnapshot(newJob());
    ContentHash first = newPhoto(snapshot, "a");
    ContentHash second = newPhoto(snapshot, "b");
    newPhoto(snapshot, "c");
    add(before, photo("x", first), photo("y", second));
    add(last, photo("x", second), photo("z", second));
    add(open, photo("x", first));
    write(() -> repositories().snapshots().complete(before, uniqueHash()));
    write(() -> repositories().snapshots().complete(last, uniqueHash()));

    assertThat(report(snapshot).sharedPhotos()).isEqualTo(Map.of(other.name(), 1L));
  }

  private void add(SnapshotId snapshot, ImportedPhoto... photos) {
    write(() -> repositories().snapshots().addPhotos(snapshot, List.of(photos)));
  }

  @Test
  void countsWhatRecipesLeftNothingOf() {
    Job job = newJob();
    SnapshotId snapshot = newSnapshot(job);
    PreparationKey key = newPreparation(job);
    Preparation published = publish(job, key, Recipe.TUTORIAL, Optional.empty());
    write(() -> repositories().jobs().succeeded(job.id(), published.id(), NOW));
    assertThat(report(snapshot).emptyAfterCleaning()).isEmpty();
    ContentHash content = uniqueHash();
    SnapshotId later = newSnapshot(newJob(job.dataset()));
    write(() -> repositories().snapshots().complete(snapshot, content));
    write(() -> repositories().snapshots().complete(later, content));

    for (SnapshotId same : List.of(snapshot, later)) {
      assertThat(report(same).emptyAfterCleaning())
          .isEqualTo(Map.of(published.id().value(), published.emptyCaptions()));
    }
  }
}
