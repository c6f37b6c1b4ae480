package org.captionary.domain.preparation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;

/**
 * Completes the snapshot, whose content then names the preparation. One of that name may be there
 * already, and then the job has ended.
 */
final class SealPhase implements PhaseWork {

  private final Ports ports;
  private final JobEnd end;

  SealPhase(Ports ports, JobEnd end) {
    this.ports = ports;
    this.end = end;
  }

  @Override
  public Plan plan(Job job) {
    return Plan.one();
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    Snapshot snapshot = ports.snapshot(job);
    ContentHash content = snapshot.content().orElseGet(() -> contentOf(snapshot));
    Optional<Preparation> existing = ports.preparations().byId(PreparationId.of(job, content));
    commit.done(
        0,
        () -> {
          if (snapshot.content().isEmpty()) {
            ports.snapshots().complete(snapshot.id(), content);
          }
          existing.ifPresentOrElse(
              preparation -> end.found(job, preparation),
              () -> ports.preparations().open(job.id()));
        });
  }

  private ContentHash contentOf(Snapshot snapshot) {
    MessageDigest digest = ContentHash.newDigest();
    Snapshot.TextFiles textFiles = snapshot.text().orElseThrow();
    add(digest, "captions " + textFiles.captions());
    textFiles.splits().forEach((split, file) -> add(digest, "split " + split + " " + file));
    textFiles
        .annotations()
        .forEach((of, file) -> add(digest, "annotations " + of.id() + " " + file));
    ports
        .snapshots()
        .forEachPhoto(
            snapshot.id(), photo -> add(digest, "photo " + photo.id() + " " + photo.content()));
    return ContentHash.ofDigest(digest.digest());
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
