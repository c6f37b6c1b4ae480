package org.captionary.domain.preparation;

import java.util.List;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.SnapshotId;

/** Cleans the captions of the described photos, in the order of ids, and keeps those chosen. */
final class CleanPhase implements PhaseWork {

  private final CaptionRepository captions;
  private final Ports ports;

  CleanPhase(Ports ports) {
    this.captions = ports.captions();
    this.ports = ports;
  }

  @Override
  public Plan plan(Job job) {
    SnapshotId snapshot = job.snapshot().orElseThrow();
    JudgementFilter filter = job.recipe().filter();
    long photos = PhotoRun.photos(captions.describedPhotos(snapshot, filter), job.recipe());
    long total =
        job.recipe().captions() == CaptionChoice.ALL
            ? captions.count(snapshot, filter, job.recipe().limit())
            : photos;
    List<PhotoRun> runs =
        PhotoRun.cut(captions.everyDescribed(snapshot, filter, PhotoRun.LENGTH), photos);
    return Plan.of(total, runs.stream().map(PhotoRun::write).toList());
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    PhotoRun run = PhotoRun.read(chunk);
    PhotoCleaner cleaner = new PhotoCleaner(job.recipe());
    List<Described<CleanCaption>> photos =
        captions
            .describedAfter(
                job.snapshot().orElseThrow(), job.recipe().filter(), run.after(), run.photos())
            .stream()
            .map(cleaner::clean)
            .toList();
    PreparationKey key = ports.preparation(job);
    commit.done(count(photos), () -> captions.addClean(key, photos));
  }

  private static long count(List<Described<CleanCaption>> photos) {
    return photos.stream().mapToLong(photo -> photo.captions().size()).sum();
  }
}
