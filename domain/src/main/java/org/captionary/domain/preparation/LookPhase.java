package org.captionary.domain.preparation;

import java.time.Duration;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;

/**
 * Finds the snapshot that a job works on: the last one if the files are as they were and their
 * pixels are kept in the job's rendering, else a new one, to be read from the files. Waits for an
 * earlier job that reads the same data set, as it can then take over what that one read.
 */
final class LookPhase implements PhaseWork {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Ports ports;
  private final PhotoImport photos;

  LookPhase(Ports ports, PhotoImport photos) {
    this.ports = ports;
    this.photos = photos;
  }

  @Override
  public Plan plan(Job job) {
    return Plan.one();
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    if (ports.jobs().hasEarlierImport(job.id())) {
      throw new NotYetException("an earlier job reads the same data set", PAUSE);
    }
    Dataset dataset = ports.dataset(job);
    ContentHash fingerprint = ports.files(dataset.format()).fingerprint(dataset);
    Optional<Snapshot> last = same(job, dataset, fingerprint);
    commit.done(
        0,
        () ->
            ports.jobs().useSnapshot(job.id(), last.orElseGet(() -> open(job, fingerprint)).id()));
  }

  private Optional<Snapshot> same(Job job, Dataset dataset, ContentHash fingerprint) {
    if (job.force()) {
      return Optional.empty();
    }
    return ports
        .snapshots()
        .latestComplete(dataset.name())
        .filter(last -> last.fingerprint().equals(fingerprint))
        .filter(last -> photos.hasAllPixels(last.id(), dataset, job.recipe().rendering()));
  }

  private Snapshot open(Job job, ContentHash fingerprint) {
    return ports.snapshots().open(job.id(), job.dataset(), fingerprint);
  }
}
