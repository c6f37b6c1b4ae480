package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.vocabulary.StartEnd;
import org.captionary.domain.vocabulary.VocabularyBuilder;
import org.captionary.domain.vocabulary.VocabularyRepository;

/**
 * Counts the words of the captions fitted on.
 *
 * <p>The start and end words are looked for in the captions of all splits, since these are encoded
 * too.
 */
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
   *     caption to fit on
   */
  @Override
  public Plan plan(Job job) {
    long total = captions.countClean(ports.preparation(job), job.recipe().fitOn());
    if (total == 0) {
      throw nothingToFitOn(job.recipe());
    }
    return Plan.of(total, chunks.arguments(job.id(), Phase.CLEAN));
  }

  private static InvalidInputException nothingToFitOn(Recipe recipe) {
    return recipe.fitOn().isAll()
        ? new InvalidInputException("captions", "no usable row", "a file with captions")
        : new InvalidInputException(
            "recipe.fitOn", recipe.fitOn().name(), "a split that has captions");
  }

  /**
   * @throws InvalidInputException on field {@code recipe.startEnd} if one of the words stands in a
   *     caption
   */
  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    PreparationKey key = ports.preparation(job);
    PhotoRun run = PhotoRun.read(chunk);
    List<Described<CleanCaption>> photos = captions.cleanAfter(key, run.after(), run.photos());
    job.recipe().startEnd().ifPresent(words -> refuse(words, photos));
    Counter counter = new Counter(job.recipe());
    photos.forEach(counter::add);
    commit.done(
        counter.captions,
        new CountResult(counter.maxLength, totals(job.recipe(), photos)).write(),
        () -> vocabularies.addTallies(key, counter.builder.tallies()));
  }

  private static Optional<ExampleTotals> totals(
      Recipe recipe, List<Described<CleanCaption>> photos) {
    return recipe.keepsEveryToken()
        ? Optional.of(ExampleTotals.ofLengths(photos.stream().map(recipe::lengths).toList()))
        : Optional.empty();
  }

  private static void refuse(StartEnd words, List<Described<CleanCaption>> photos) {
    try {
      photos.forEach(photo -> photo.captions().forEach(c -> words.refuseAmong(c.tokens())));
    } catch (InvalidInputException e) {
      throw e.inside("recipe");
    }
  }

  private static final class Counter {
    private final VocabularyBuilder builder = new VocabularyBuilder();
    private final Recipe recipe;
    private long captions;
    private int maxLength;

    Counter(Recipe recipe) {
      this.recipe = recipe;
    }

    void add(Described<CleanCaption> photo) {
      Split split = recipe.fitOn();
      if (split.isAll() || photo.split().equals(Optional.of(split))) {
        photo.captions().forEach(this::add);
      }
    }

    private void add(CleanCaption caption) {
      List<String> tokens = recipe.framed(caption.tokens());
      builder.add(caption.ordinal(), tokens);
      captions++;
      maxLength = Math.max(maxLength, tokens.size());
    }
  }
}
