package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** Counts the words of the captions fitted on. The longest caption of a chunk is its result. */
final class CountPhase implements PhaseWork {

  private final CaptionRepository captions;
  private final VocabularyRepository vocabularies;
  private final Ports ports;
  private final ChunkRepository chunks;

  CountPhase(Ports ports) {
    this.captions = ports.captions();
    this.vocabularies = ports.vocabularies();
    this.ports = ports;
    this.chunks = ports.chunks();
  }

  /**
   * @throws InvalidInputException on field {@code recipe.fitOn} or {@code captions} if there is no
   *     caption to fit on, or on that of a filter that none passes
   */
  @Override
  public Plan plan(Job job) {
    long total = captions.countClean(ports.preparation(job), job.recipe().fitOn());
    checkFitted(total, job.recipe());
    return Plan.of(total, chunks.arguments(job.id(), Phase.CLEAN));
  }

  /**
   * @throws InvalidInputException as {@link #plan}, if there are no captions
   */
  static void checkFitted(long captions, Recipe recipe) {
    if (captions == 0) {
      throw nothingToFitOn(recipe);
    }
  }

  private static InvalidInputException nothingToFitOn(Recipe recipe) {
    if (recipe.filter().isSet() && recipe.fitOn().isAll()) {
      return JudgementUse.nothingPasses(recipe);
    }
    return recipe.fitOn().isAll()
        ? new InvalidInputException("captions", "no usable row", "a file with captions")
        : new InvalidInputException(
            "recipe.fitOn", recipe.fitOn().name(), "a split that has captions");
  }

  /**
   * @throws InvalidInputException as {@link CaptionCounter#add}
   */
  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    PreparationKey key = ports.preparation(job);
    PhotoRun run = PhotoRun.read(chunk);
    CaptionCounter counter = new CaptionCounter(job.recipe());
    List<Described<CleanCaption>> photos = captions.cleanAfter(key, run.after(), run.photos());
    photos.forEach(counter::add);
    commit.done(
        counter.captions(),
        new CountResult(counter.maxLength(), totals(job.recipe(), photos)).write(),
        () -> vocabularies.addTallies(key, counter.words().tallies()));
  }

  private static Optional<ExampleTotals> totals(
      Recipe recipe, List<Described<CleanCaption>> photos) {
    return recipe.keepsEveryToken()
        ? Optional.of(ExampleTotals.ofLengths(photos.stream().map(recipe::lengths).toList()))
        : Optional.empty();
  }
}
