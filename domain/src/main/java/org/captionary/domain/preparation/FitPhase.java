package org.captionary.domain.preparation;

import java.util.Set;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.VocabularyBuilder;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** Makes the vocabulary out of what was counted. */
final class FitPhase implements PhaseWork {

  private final CaptionRepository captions;
  private final VocabularyRepository vocabularies;
  private final Ports ports;
  private final ChunkRepository chunks;

  FitPhase(Ports ports) {
    this.captions = ports.captions();
    this.vocabularies = ports.vocabularies();
    this.ports = ports;
    this.chunks = ports.chunks();
  }

  @Override
  public Plan plan(Job job) {
    return Plan.one();
  }

  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    PreparationKey key = ports.preparation(job);
    VocabularyBuilder builder = new VocabularyBuilder();
    vocabularies.forEachTally(key, builder::add);
    Recipe recipe = job.recipe();
    Set<String> always =
        recipe.startEnd().map(words -> Set.of(words.start(), words.end())).orElse(Set.of());
    FittedVocabulary fitted =
        new FittedVocabulary(
            builder.build(
                captions.countClean(key, recipe.fitOn()),
                recipe.minCount(),
                always,
                recipe.outOfVocabulary()),
            maxLength(job));
    commit.done(0, () -> vocabularies.save(key, fitted));
  }

  private int maxLength(Job job) {
    return CountResult.of(chunks, job.id()).stream()
        .mapToInt(CountResult::maxLength)
        .max()
        .orElse(0);
  }
}
