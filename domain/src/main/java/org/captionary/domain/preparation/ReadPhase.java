package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;

/** Reads a data set's files into a snapshot: a chunk for all text, and the photos in chunks. */
final class ReadPhase implements PhaseWork {

  /** Stands before the names of a chunk's photos. */
  private static final String PHOTOS = "photos";

  private static final String TEXT = "text";

  private final Ports ports;
  private final PhotoImport photos;
  private final TextImport text;

  ReadPhase(Ports ports, PhotoImport photos) {
    this.ports = ports;
    this.photos = photos;
    this.text = new TextImport(ports);
  }

  @Override
  public Plan plan(Job job) {
    Dataset dataset = ports.dataset(job);
    List<String> names = ports.files(dataset.format()).photoNames(dataset);
    if (ports.snapshot(job).content().isPresent()) {
      return new Plan(names.size(), names.size(), List.of());
    }
    List<List<String>> chunks = new ArrayList<>();
    chunks.add(List.of(TEXT));
    for (List<String> photosOfChunk : PhotoImport.cut(names)) {
      List<String> arguments = new ArrayList<>(List.of(PHOTOS));
      arguments.addAll(photosOfChunk);
      chunks.add(arguments);
    }
    return Plan.of(names.size(), chunks);
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    List<String> arguments = chunk.arguments();
    if (arguments.get(0).equals(TEXT)) {
      text.run(ports.dataset(job), job.snapshot().orElseThrow(), commit);
    } else {
      photos.run(job, chunk, arguments.subList(1, arguments.size()), commit);
    }
  }
}
