package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleTotals;

/** Keeps encoded captions with the numbers of their examples. */
final class EncodePhase implements PhaseWork {

  /** Behind these of a run of photos stands what is before it. */
  private static final int RUN_ARGUMENTS = 2;

  private final Ports ports;
  private final Encoder encoder;

  EncodePhase(Ports ports, Encoder encoder) {
    this.ports = ports;
    this.encoder = encoder;
  }

  @Override
  public Plan plan(Job job) {
    List<List<String>> runs = ports.chunks().arguments(job.id(), Phase.CLEAN);
    List<ExampleTotals> totals = MeasurePhase.totals(ports.chunks(), job.id());
    List<List<String>> chunks = new ArrayList<>();
    ExampleTotals before = ExampleTotals.NONE;
    for (int i = 0; i < runs.size(); i++) {
      List<String> arguments = new ArrayList<>(runs.get(i));
      arguments.addAll(before.write());
      chunks.add(arguments);
      before = before.plus(totals.get(i));
    }
    return Plan.of(0, chunks);
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    List<String> arguments = chunk.arguments();
    ExampleTotals before = ExampleTotals.read(arguments.subList(RUN_ARGUMENTS, arguments.size()));
    PreparationKey key = ports.preparation(job);
    List<EncodedPhoto> photos = encoder.encode(key, job.recipe(), PhotoRun.read(chunk), before);
    long captions = photos.stream().mapToLong(photo -> photo.captions().size()).sum();
    commit.done(captions, () -> ports.examples().add(key, photos, before));
  }
}
