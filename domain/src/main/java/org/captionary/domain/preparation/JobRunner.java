package org.captionary.domain.preparation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.FittedVocabulary;

/**
 * Leads a job through its steps: import, clean, vocabulary, encode, features, then publishes the
 * preparation. May be killed at any moment and run again: it goes on behind the last chunk that was
 * committed.
 */
public final class JobRunner {

  private final Ports ports;
  private final Provenance.Environment environment;
  private final InstantSource clock;
  private final BooleanSupplier stopping;

  /**
   * @param stopping asked before each chunk; true makes {@link #run} throw {@link
   *     JobInterruptedException}
   */
  public JobRunner(
      Ports ports,
      Provenance.Environment environment,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.ports = ports;
    this.environment = environment;
    this.clock = clock;
    this.stopping = stopping;
  }

  /**
   * Runs a job to its end; one that has ended, or was deleted, is left alone. What the user has to
   * mend makes it {@link JobState#FAILED}; what may pass by itself is thrown, and the job stays as
   * it is.
   *
   * @throws JobInterruptedException if the process is to stop
   */
  public void run(JobId id) {
    Optional<Job> found = ports.jobs().find(id);
    if (found.isEmpty() || found.get().state().isFinal()) {
      return;
    }
    ports.unit().run(() -> ports.jobs().running(id, clock.instant()));
    try {
      PreparationId preparation = prepare(ports.jobs().find(id).orElseThrow());
      ports.unit().run(() -> ports.jobs().succeeded(id, preparation, clock.instant()));
    } catch (InvalidInputException e) {
      fail(id, e.getMessage());
    }
  }

  /** Ends a job that cannot go on. */
  public void fail(JobId id, String reason) {
    ports
        .unit()
        .run(
            () -> {
              ports.preparations().discard(id);
              discardUnfinishedSnapshot(id);
              ports.jobs().failed(id, reason, clock.instant());
            });
  }

  private void discardUnfinishedSnapshot(JobId id) {
    ports
        .jobs()
        .find(id)
        .flatMap(Job::snapshot)
        .flatMap(ports.snapshots()::find)
        .filter(snapshot -> snapshot.content().isEmpty())
        .ifPresent(snapshot -> ports.snapshots().discard(snapshot.id()));
  }

  private PreparationId prepare(Job job) {
    StepTracker tracker = new StepTracker(ports.jobs(), ports.unit(), clock, stopping, job.id());
    // Other weights may be in use since the job was submitted: refused before any work.
    Optional<ExtractorIdentity> extractor = ports.extractorFor(job.recipe());
    Dataset dataset = ports.datasets().byName(job.dataset()).orElseThrow();
    Snapshot snapshot = importStep(dataset, job.recipe()).run(job, dataset, tracker);
    PreparationId id =
        PreparationId.of(
            snapshot,
            job.recipe(),
            extractor,
            job.force() ? Optional.of(job.id()) : Optional.empty());
    Optional<Preparation> existing = ports.preparations().byId(id);
    if (existing.isPresent()) {
      skipAll(existing.get(), tracker);
    } else {
      build(job, dataset, snapshot, id, extractor, tracker);
    }
    return id;
  }

  private ImportStep importStep(Dataset dataset, Recipe recipe) {
    return new ImportStep(
        ports.files(dataset.format()),
        ports.snapshots(),
        ports.captions(),
        ports.photos(),
        ports.decoder(),
        recipe.rendering(),
        ports.jobs(),
        ports.unit());
  }

  private void build(
      Job job,
      Dataset dataset,
      Snapshot snapshot,
      PreparationId id,
      Optional<ExtractorIdentity> extractor,
      StepTracker tracker) {
    PreparationKey key = ports.unit().call(() -> ports.preparations().open(job.id()));
    Recipe recipe = job.recipe();
    new CleanStep(ports.captions()).run(snapshot.id(), key, recipe, tracker);
    FittedVocabulary fitted =
        new VocabularyStep(ports.captions(), ports.vocabularies()).run(key, recipe, tracker);
    new EncodeStep(ports.captions(), ports.examples())
        .run(key, recipe, fitted.vocabulary(), tracker);
    new FeaturesStep(ports.examples(), ports.photos(), ports.extractorAt(recipe))
        .run(key, recipe, tracker);
    publish(
        new Preparation(
            id,
            key,
            job.dataset(),
            recipe,
            fitted.vocabulary().vocabularySize(),
            fitted.maxLength(),
            ports.captions().countEmptyClean(key),
            figures(key, dataset),
            extractor,
            provenance(job, snapshot)));
  }

  /** A split whose photos have no captions is a split all the same. */
  private Map<Split, SplitFigures> figures(PreparationKey key, Dataset dataset) {
    Map<Split, SplitFigures> figures = new HashMap<>(ports.examples().figures(key));
    dataset
        .splits()
        .keySet()
        .forEach(split -> figures.putIfAbsent(new Split(split), SplitFigures.NONE));
    return figures;
  }

  private void publish(Preparation preparation) {
    ports
        .unit()
        .run(
            () -> {
              if (!ports.preparations().publish(preparation)) {
                ports.preparations().discard(preparation.provenance().job());
              }
            });
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

  private void skipAll(Preparation existing, StepTracker tracker) {
    SplitFigures all = existing.all();
    tracker.skip(StepName.CLEAN, all.captions());
    tracker.skip(StepName.VOCABULARY, existing.figures().get(fitOn(existing)).captions());
    tracker.skip(StepName.ENCODE, all.captions());
    tracker.skip(StepName.FEATURES, extracted(existing));
  }

  private long extracted(Preparation preparation) {
    return preparation.extractor().isPresent()
        ? ports.examples().countContents(preparation.key())
        : 0;
  }

  private static Split fitOn(Preparation preparation) {
    return preparation.recipe().fitOn();
  }
}
