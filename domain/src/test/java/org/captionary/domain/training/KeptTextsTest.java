package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.junit.jupiter.api.Test;

final class KeptTextsTest {

  private static final TrainingSet FIRST = setOfOnePhoto(1);
  private static final TrainingSet SECOND = setOfOnePhoto(2);

  private final InMemoryRepositories repositories = new InMemoryRepositories();
  private final Queue<Runnable> background = new ArrayDeque<>();

  KeptTextsTest() {
    for (TrainingSet set : List.of(FIRST, SECOND)) {
      repositories.examples().add(set.key(), List.of(photo(0)), ExampleTotals.NONE);
    }
  }

  private static TrainingSet setOfOnePhoto(long key) {
    return new TrainingSet(
        new PreparationKey(key),
        3,
        2,
        Map.of(Split.ALL, new SplitFigures(1, 1, 1, 1, 1, 1, Map.of(1, 1L))),
        Optional.empty(),
        Rendering.KERAS,
        StoredType.FLOAT32,
        List.of());
  }

  private static EncodedPhoto photo(long caption) {
    return new EncodedPhoto(
        new PhotoId("p"),
        Optional.empty(),
        Optional.of(ContentHash.of(new byte[0])),
        List.of(new EncodedCaption(new int[] {1, 2})),
        Optional.of(new EncodedPhoto.Place(0, 0, caption, 0)),
        Optional.empty());
  }

  private KeptTexts texts(long bound) {
    return new KeptTexts(repositories.examples(), bound, background::add);
  }

  private void runAll() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private static long size() {
    return new KeptTextsTest().packed(FIRST).bytes();
  }

  private PackedText packed(TrainingSet set) {
    KeptTexts texts = texts(Long.MAX_VALUE);
    texts.find(set);
    runAll();
    return texts.find(set).orElseThrow();
  }

  @Test
  void readsATextOnceInTheBackground() {
    KeptTexts texts = texts(1 << 20);
    assertThat(texts.find(FIRST)).isEmpty();
    assertThat(texts.find(FIRST)).isEmpty();
    assertThat(background).hasSize(1);
    runAll();
    assertThat(texts.find(FIRST).orElseThrow().holding(Split.ALL, Unit.EXAMPLE, 0).photo())
        .isEqualTo(new PhotoId("p"));
    assertThat(background).isEmpty();
  }

  @Test
  void leavesATextThatIsTooLarge() {
    KeptTexts texts = texts(size() - 1);
    texts.find(FIRST);
    runAll();
    assertThat(texts.find(FIRST)).isEmpty();
    assertThat(background).isEmpty();
  }

  @Test
  void keepsNoMoreThanThereIsRoomFor() {
    KeptTexts texts = texts(2 * size() - 1);
    texts.find(FIRST);
    runAll();
    texts.find(SECOND);
    runAll();
    assertThat(texts.find(FIRST)).isPresent();
    assertThat(texts.find(SECOND)).isEmpty();
  }

  @Test
  void countsLookUpsAndBytes() {
    KeptTexts texts = texts(2 * size());
    texts.find(FIRST);
    assertThat(texts.figures()).isEqualTo(new KeptFigures(0, 1, 0));
    runAll();
    texts.find(FIRST);
    texts.find(SECOND);
    runAll();
    assertThat(texts.figures()).isEqualTo(new KeptFigures(1, 2, 2 * size()));
  }

  @Test
  void aTextOutOfUseMakesRoom() {
    KeptTexts texts = texts(2 * size() - 1);
    texts.find(FIRST);
    runAll();
    for (int i = 0; i < 2 * KeptTexts.WHILE + 10; i++) {
      texts.find(SECOND);
      runAll();
    }
    assertThat(texts.find(SECOND)).isPresent();
    assertThat(texts.find(FIRST)).isEmpty();
  }

  @Test
  void triesAgainInAWhileWhenThereIsNoRoom() {
    KeptTexts texts = texts(size() - 1);
    askAndRun(texts, FIRST, KeptTexts.WHILE);
    assertThat(background).isEmpty();
    ask(texts, FIRST, 3);
    assertThat(background).hasSize(1);
  }

  /** A photo went while the text was read. */
  @Test
  void keepsNoTextThatIsNotWhole() {
    TrainingSet incomplete = setOfOnePhoto(4);
    KeptTexts texts = texts(1 << 20);
    texts.find(incomplete);
    runAll();
    assertThat(texts.find(incomplete)).isEmpty();
  }

  @Test
  void triesAgainSoonWhenReadingFails() {
    TrainingSet unreadable = setOfOnePhoto(3);
    repositories.examples().add(unreadable.key(), List.of(photo(1L << 40)), ExampleTotals.NONE);
    KeptTexts texts = texts(1 << 20);
    askAndRun(texts, unreadable, KeptTexts.SOON);
    assertThat(background).isEmpty();
    ask(texts, unreadable, 3);
    assertThat(background).hasSize(1);
  }

  private void askAndRun(KeptTexts texts, TrainingSet key, int times) {
    for (int i = 0; i < times; i++) {
      ask(texts, key, 1);
      runAll();
    }
  }

  private static void ask(KeptTexts texts, TrainingSet key, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(texts.find(key)).isEmpty();
    }
  }
}
