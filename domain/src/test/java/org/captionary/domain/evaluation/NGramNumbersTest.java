package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NGramNumbersTest {

  @Test
  void numbersEachNgramOnce() {
    NGramNumbers numbers = new NGramNumbers();
    SplittableRandom random = new SplittableRandom(7);
    Map<List<Integer>, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int first = random.nextInt(200);
      int second = random.nextInt(200);
      int single = numbers.single(first);
      int pair = numbers.longer(single, second);
      assertThat(expected.computeIfAbsent(List.of(first), key -> single)).isEqualTo(single);
      assertThat(expected.computeIfAbsent(List.of(first, second), key -> pair)).isEqualTo(pair);
    }
    assertThat(expected.values()).doesNotHaveDuplicates();
    assertThat(expected.values()).allMatch(number -> number < numbers.size());
    assertThat(numbers.size()).isEqualTo(expected.size());
  }

  @Test
  void numbersWordsInTheirOrder() {
    NGramNumbers numbers = new NGramNumbers();
    assertThat(List.of("a", "dog", "a", "cat")).map(numbers::word).containsExactly(0, 1, 0, 2);
    assertThat(numbers.words()).containsExactly("a", "dog", "cat");
  }
}
