package org.captionary.domain.preparation;

import java.util.Set;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.Vocabulary;
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
    long counted = captions.countClean(key, job.recipe().fitOn());
    FittedVocabulary fitted =
        new FittedVocabulary(
            vocabulary(builder, counted, job.recipe(), job.recipe().minCount()), maxLength(job));
    commit.done(0, () -> vocabularies.save(key, fitted));
  }

  /**
   * @param counted how many captions were counted
   */
  static Vocabulary vocabulary(VocabularyBuilder words, long counted, Recipe recipe, int minCount) {
    Set<String> always =
        recipe.startEnd().map(frame -> Set.of(frame.start(), frame.end())).orElse(Set.of());
    return words.build(counted, minCount, always, recipe.outOfVocabulary());
  }

  private int maxLength(Job job) {
    return CountResult.of(chunks, job.id()).stream()
        .mapToInt(CountResult::maxLength)
        .max()
        .orElse(0);
  }
}
