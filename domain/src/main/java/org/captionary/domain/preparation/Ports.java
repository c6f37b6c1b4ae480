package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.vocabulary.VocabularyRepository;

/**
 * All that a job needs from outside.
 *
 * @param formats the files of each known format
 */
public record Ports(
    List<DatasetFiles> formats,
    DatasetRepository datasets,
    SnapshotRepository snapshots,
    CaptionRepository captions,
    JudgementRepository judgements,
    PhotoRepository photos,
    VocabularyRepository vocabularies,
    ExampleRepository examples,
    PreparationRepository preparations,
    JobRepository jobs,
    LookRepository looks,
    ReportRepository reports,
    ChunkRepository chunks,
    JobQueue queue,
    JobObserver observer,
    UnitOfWork unit,
    PhotoDecoder decoder,
    Extractors extractors) {

  public Ports {
    formats = List.copyOf(formats);
  }

  Dataset dataset(Job job) {
    return datasets.byName(job.dataset()).orElseThrow();
  }

  Snapshot snapshot(Job job) {
    return snapshots.find(job.snapshot().orElseThrow()).orElseThrow();
  }

  /**
   * What a preparation was made from.
   *
   * @throws IncompletePreparationException if the preparation is being deleted
   */
  SnapshotId snapshot(Preparation preparation) {
    return jobs.find(preparation.provenance().job())
        .flatMap(Job::snapshot)
        .orElseThrow(() -> new IncompletePreparationException("its snapshot is missing"));
  }

  /**
   * What a job in the making writes to.
   *
   * @throws ChunkLostException if it is gone, as of a job that is cancelled meanwhile
   */
  PreparationKey preparation(Job job) {
    return preparations.begun(job.id()).orElseThrow(ChunkLostException::new);
  }

  /**
   * Sees to it that what is open of a phase is in the queue. If nothing is, any chunk of it makes
   * the job look for what comes next.
   */
  void enqueueOpen(Job job, Phase phase) {
    List<ChunkId> open = chunks.open(job.id(), phase);
    queue.enqueue(job, open.isEmpty() ? List.of(new ChunkId(job.id(), phase, 0)) : open);
  }

  /** The files of a format that a registered data set has. */
  DatasetFiles files(String format) {
    return findFiles(format).orElseThrow();
  }

  /**
   * The extractor that a recipe's features come from; empty if it asks for none.
   *
   * @throws InvalidInputException on {@code recipe.extractor} if this node has it not, on {@code
   *     recipe.features} if its weights lack a layer, on {@code recipe.precision} if this machine
   *     cannot compute it
   */
  Optional<ExtractorIdentity> extractorFor(Recipe recipe) {
    FeatureExtractor extractor =
        extractors
            .find(recipe.extractor())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "recipe.extractor", recipe.extractor().id(), extractors.networks()));
    if (!extractor.layers().containsAll(recipe.features())) {
      throw new InvalidInputException(
          "recipe.features",
          RecipeFields.write(recipe).get("features"),
          extractor.layers().stream().map(FeatureLayer::id).toList());
    }
    FeatureExtractor chosen = extractorAt(recipe);
    return recipe.features().isEmpty() ? Optional.empty() : Optional.of(chosen.identity());
  }

  /** What extracts a recipe's features on this node, if it can. */
  Optional<FeatureExtractor> extractorNow(Recipe recipe) {
    return extractors.find(recipe.extractor(), recipe.precision());
  }

  private FeatureExtractor extractorAt(Recipe recipe) {
    return extractorNow(recipe)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "recipe.precision", recipe.precision().id(), Precision.FLOAT32.id()));
  }

  Optional<DatasetFiles> findFiles(String format) {
    return formats.stream().filter(files -> files.format().equals(format)).findFirst();
  }

  List<String> formatNames() {
    return formats.stream().map(DatasetFiles::format).sorted().toList();
  }
}
