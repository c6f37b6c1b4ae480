package org.captionary.domain.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.DocumentFrequencies;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.ImportedPhoto;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.LookRepository.Look;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.ReportRepository.TextAccount;
import org.captionary.domain.preparation.ScoreRequest;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress.OfNode;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.WordTally;

/** The tables that the repositories in memory share. */
final class Store {

  final Table<String, Dataset> datasets = new Table<>();
  final Table<String, Look> looks = new Table<>();
  final Table<JobId, JobRow> jobs = new Table<>();
  final Table<StepKey, StepRow> steps = new Table<>();
  final Table<ChunkId, ChunkRow> chunks = new Table<>();

  /** Whether a node has picked it. */
  final Table<ChunkId, Boolean> queue = new Table<>();

  final Table<Long, ChunkFailure> failures = new Table<>();
  final Table<SnapshotId, SnapshotRow> snapshots = new Table<>();
  final Table<SnapshotId, TextAccount> accounts = new Table<>();
  final Table<InSnapshot<PhotoId>, Split> splits = new Table<>();
  final Table<InSnapshot<PhotoId>, ImportedPhoto> imported = new Table<>();
  final Table<InSnapshot<Long>, RejectedInput> rejected = new Table<>();
  final Table<InSnapshot<Long>, Caption> captions = new Table<>();
  final Table<InSnapshot<JudgedPlace>, JudgedPair> judgements = new Table<>();
  final Table<Rendered, Pixels> pixels = new Table<>();
  final Table<FeatureKey, byte[]> features = new Table<>();
  final Table<PreparationKey, PreparationRow> preparations = new Table<>();
  final Table<InPreparation<PhotoId>, Described<CleanCaption>> clean = new Table<>();
  final Table<InPreparation<Long>, WordTally> tallies = new Table<>();
  final Table<PreparationKey, FittedVocabulary> vocabularies = new Table<>();
  final Table<InPreparation<PhotoId>, EncodedPhoto> examples = new Table<>();
  final Table<InPreparation<String>, NamedScores> scores = new Table<>();
  final Table<InPreparation<ScoreRequest>, DocumentFrequencies> frequencies = new Table<>();

  /** Contents that something ceased to refer to. */
  final Table<ContentHash, Boolean> loose = new Table<>();

  final Table<PreparationKey, Boolean> deletedPreparations = new Table<>();
  final Table<SnapshotId, Boolean> deletedSnapshots = new Table<>();

  /** Never set back, like a database's sequences. */
  private final AtomicLong sequence = new AtomicLong();

  record JobRow(Job job, ContentHash identity) {}

  record StepKey(JobId job, StepName step) {}

  record StepRow(
      long done, long total, Instant startedAt, Optional<Instant> endedAt, List<OfNode> nodes) {}

  record ChunkRow(
      List<String> arguments,
      String node,
      int attempt,
      boolean held,
      int vanished,
      int failures,
      List<String> suspects,
      Optional<Instant> doneAt,
      long units,
      List<String> result) {

    static ChunkRow of(List<String> arguments) {
      return new ChunkRow(arguments, "", 0, false, 0, 0, List.of(), Optional.empty(), 0, List.of());
    }

    ChunkRow taken(String by) {
      return with(by, attempt + 1, true, held ? vanished + 1 : vanished, failures, suspects);
    }

    ChunkRow released(List<String> suspects) {
      return with(node, attempt, false, vanished, failures, suspects);
    }

    ChunkRow failed() {
      return with(node, attempt, held, vanished, failures + 1, suspects);
    }

    ChunkRow forgiven() {
      return with(node, attempt, false, 0, 0, suspects);
    }

    ChunkRow suspecting(String what) {
      List<String> more = new ArrayList<>(suspects);
      more.add(what);
      return with(node, attempt, held, vanished, failures, more);
    }

    ChunkRow done(String by, long units, List<String> result, Instant now) {
      return new ChunkRow(
          arguments,
          by,
          attempt,
          false,
          vanished,
          failures,
          suspects,
          Optional.of(now),
          units,
          result);
    }

    private ChunkRow with(
        String node, int attempt, boolean held, int vanished, int failures, List<String> suspects) {
      return new ChunkRow(
          arguments, node, attempt, held, vanished, failures, suspects, doneAt, units, result);
    }
  }

  record SnapshotRow(JobId job, Snapshot snapshot) {}

  record InSnapshot<T>(SnapshotId snapshot, T key) {}

  record JudgedPlace(PhotoId photo, long ordinal) {}

  record Rendered(Rendering rendering, ContentHash content) {}

  record FeatureKey(
      ExtractorIdentity extractor, FeatureLayer layer, StoredType stored, Rendered photo) {}

  /** Published ones have a number: higher if later. */
  record PreparationRow(JobId job, Optional<Preparation> published, long number) {}

  record InPreparation<T>(PreparationKey preparation, T key) {}

  long next() {
    return sequence.incrementAndGet();
  }

  List<Table<?, ?>> tables() {
    return List.of(
        datasets,
        looks,
        jobs,
        steps,
        chunks,
        queue,
        failures,
        snapshots,
        splits,
        imported,
        rejected,
        captions,
        judgements,
        pixels,
        features,
        preparations,
        clean,
        tallies,
        vocabularies,
        examples,
        scores,
        frequencies,
        loose,
        deletedPreparations,
        deletedSnapshots);
  }

  /** Takes a preparation away with all its rows. */
  void delete(PreparationKey key) {
    examples
        .entries()
        .filter(row -> row.getKey().preparation().equals(key))
        .flatMap(row -> row.getValue().content().stream())
        .forEach(this::loosen);
    preparations.deleteIf(key::equals);
    clean.deleteIf(row -> row.preparation().equals(key));
    tallies.deleteIf(row -> row.preparation().equals(key));
    vocabularies.deleteIf(key::equals);
    examples.deleteIf(row -> row.preparation().equals(key));
    scores.deleteIf(row -> row.preparation().equals(key));
    frequencies.deleteIf(row -> row.preparation().equals(key));
  }

  /** Takes a snapshot away with all its rows. */
  void delete(SnapshotId snapshot) {
    imported
        .entries()
        .filter(row -> row.getKey().snapshot().equals(snapshot))
        .forEach(row -> loosen(row.getValue().content()));
    snapshots.deleteIf(snapshot::equals);
    Stream.of(splits, imported)
        .forEach(table -> table.deleteIf(key -> key.snapshot().equals(snapshot)));
    judgements.deleteIf(key -> key.snapshot().equals(snapshot));
    Stream.of(rejected, captions)
        .forEach(table -> table.deleteIf(key -> key.snapshot().equals(snapshot)));
  }

  private void loosen(ContentHash content) {
    loose.insertIfAbsent(content, true);
  }
}
