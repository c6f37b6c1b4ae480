package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against what scipy 1.17's kendalltau says. */
final class KendallTauTest {

  private static void check(double[] first, double[] second, double b, double c) {
    KendallTau tau = KendallTau.of(first, second);
    assertThat(tau.b()).isCloseTo(b, within(1e-15));
    assertThat(tau.c()).isCloseTo(c, within(1e-15));
  }

  @Test
  void agreesOnOrderAndItsReverse() {
    double[] up = {0.1, 0.2, 5, 7};
    check(up, new double[] {1, 2, 3, 4}, 1, 1);
    check(up, new double[] {4, 3, 2, 1}, -1, -1);
  }

  @Test
  void countsTiesInEither() {
    double[] scores = {0.3, 0.1, 0.3, 0.9, 0.0, 0.5, 0.1, 0.1, 0.7, 0.3};
    double[] ratings = {1, 1, 2, 4, 1, 3, 2, 1, 3, 3};
    check(scores, ratings, 0.7578647467450734, 0.7466666666666667);
  }

  @Test
  void isNoNumberWhereOneRatingSaysNothing() {
    KendallTau tau = KendallTau.of(new double[] {1, 1, 1}, new double[] {1, 2, 3});
    assertThat(tau.b()).isNaN();
    assertThat(tau.c()).isNaN();
    assertThat(KendallTau.of(new double[0], new double[0]).c()).isNaN();
  }

  /** By the definition, pair by pair. */
  @Test
  void countsEveryPair() {
    SplittableRandom random = new SplittableRandom(5);
    double[] a = random.doubles(300).map(d -> Math.floor(20 * d)).toArray();
    double[] b = random.doubles(300).map(d -> Math.floor(4 * d)).toArray();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
      }
    }
    assertThat(KendallTau.of(a, b).c()).isCloseTo(2 * sum / (300 * 300 * 0.75), within(1e-12));
  }

  @Test
  void needsAsManyOfBoth() {
    assertThatThrownBy(() -> KendallTau.of(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 2");
  }
}
