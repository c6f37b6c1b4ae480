package org.captionary.domain.preparation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;

/**
 * Finds the snapshot that a job works on: the last one if the files are as they were and their
 * pixels are kept in the job's rendering, else a new one, read from the files.
 */
final class ImportStep {

  private final DatasetFiles files;
  private final SnapshotRepository snapshots;
  private final JobRepository jobs;
  private final UnitOfWork unit;
  private final TextImport text;
  private final PhotoImport photos;

  ImportStep(
      DatasetFiles files,
      SnapshotRepository snapshots,
      CaptionRepository captions,
      PhotoRepository photos,
      PhotoDecoder decoder,
      Rendering rendering,
      JobRepository jobs,
      UnitOfWork unit) {
    this.files = files;
    this.snapshots = snapshots;
    this.jobs = jobs;
    this.unit = unit;
    this.text = new TextImport(files, snapshots, captions, unit);
    this.photos = new PhotoImport(files, snapshots, photos, decoder, rendering);
  }

  Snapshot run(Job job, Dataset dataset, StepTracker tracker) {
    Optional<Snapshot> mine = job.snapshot().flatMap(snapshots::find);
    if (mine.isPresent() && mine.get().content().isPresent()) {
      return mine.get();
    }
    ContentHash fingerprint = files.fingerprint(dataset);
    Optional<Snapshot> last = snapshots.latestComplete(dataset.name());
    if (mine.isEmpty()
        && !job.force()
        && last.isPresent()
        && last.get().fingerprint().equals(fingerprint)) {
      List<String> names = files.photoNames(dataset);
      if (photos.hasAllPixels(last.get().id(), names)) {
        takeOver(job, last.get(), names.size(), tracker);
        return last.get();
      }
    }
    return read(job, dataset, mine.orElseGet(() -> open(job, fingerprint)), last, tracker);
  }

  /** In one unit, as a job that is run again with a complete snapshot takes the step for ended. */
  private void takeOver(Job job, Snapshot last, long photos, StepTracker tracker) {
    unit.run(
        () -> {
          jobs.useSnapshot(job.id(), last.id());
          tracker.skip(StepName.IMPORT, photos);
        });
  }

  private Snapshot open(Job job, ContentHash fingerprint) {
    return unit.call(
        () -> {
          Snapshot opened = snapshots.open(job.id(), job.dataset(), fingerprint);
          jobs.useSnapshot(job.id(), opened.id());
          return opened;
        });
  }

  private Snapshot read(
      Job job, Dataset dataset, Snapshot snapshot, Optional<Snapshot> last, StepTracker tracker) {
    if (snapshot.text().isEmpty()) {
      text.run(dataset, snapshot.id());
    }
    Optional<SnapshotId> before = job.force() ? Optional.empty() : last.map(Snapshot::id);
    photos.run(dataset, snapshot.id(), before, tracker);
    Snapshot read = snapshots.find(snapshot.id()).orElseThrow();
    ContentHash content = contentOf(read);
    unit.run(() -> snapshots.complete(read.id(), content));
    return snapshots.find(read.id()).orElseThrow();
  }

  private ContentHash contentOf(Snapshot snapshot) {
    MessageDigest digest = ContentHash.newDigest();
    Snapshot.TextFiles textFiles = snapshot.text().orElseThrow();
    add(digest, "captions " + textFiles.captions());
    textFiles.splits().forEach((split, file) -> add(digest, "split " + split + " " + file));
    snapshots.forEachPhoto(
        snapshot.id(), photo -> add(digest, "photo " + photo.id() + " " + photo.content()));
    return ContentHash.ofDigest(digest.digest());
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
