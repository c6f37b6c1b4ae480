package org.captionary.domain.preparation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.FittedVocabulary;

/** Makes the preparation visible, which ends the job. */
final class PublishPhase implements PhaseWork {

  private final Ports ports;
  private final JobEnd end;
  private final Provenance.Environment environment;
  private final InstantSource clock;

  PublishPhase(Ports ports, JobEnd end, Provenance.Environment environment, InstantSource clock) {
    this.ports = ports;
    this.end = end;
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Plan plan(Job job) {
    return Plan.one();
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    Preparation preparation = preparation(job);
    commit.done(
        0,
        () -> {
          if (!ports.preparations().publish(preparation)) {
            ports.preparations().discard(job.id());
          }
          end.succeeded(job, preparation.id());
        });
  }

  private Preparation preparation(Job job) {
    PreparationKey key = ports.preparation(job);
    FittedVocabulary fitted = ports.vocabularies().find(key).orElseThrow();
    Snapshot snapshot = ports.snapshot(job);
    return new Preparation(
        PreparationId.of(job, snapshot.content().orElseThrow()),
        key,
        job.dataset(),
        job.recipe(),
        fitted.vocabulary().vocabularySize(),
        fitted.maxLength(),
        ports.captions().countEmptyClean(key),
        figures(key, ports.dataset(job)),
        job.extractor(),
        provenance(job, snapshot));
  }

  private Map<Split, SplitFigures> figures(PreparationKey key, Dataset dataset) {
    return ofEverySplit(ports.examples().figures(key), dataset);
  }

  /** A split whose photos have no captions is a split all the same. */
  static Map<Split, SplitFigures> ofEverySplit(Map<Split, SplitFigures> found, Dataset dataset) {
    Map<Split, SplitFigures> figures = new HashMap<>(found);
    dataset
        .splits()
        .keySet()
        .forEach(split -> figures.putIfAbsent(new Split(split), SplitFigures.NONE));
    return figures;
  }

  private Provenance provenance(Job job, Snapshot snapshot) {
    Instant now = clock.instant();
    return new Provenance(
        job.id(),
        snapshot.content().orElseThrow(),
        snapshot.text().orElseThrow(),
        environment,
        job.startedAt().orElse(now),
        now);
  }
}
