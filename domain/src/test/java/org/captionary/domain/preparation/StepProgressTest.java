package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.StepProgress.OfNode;
import org.junit.jupiter.api.Test;

final class StepProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant RESUME = START.plusSeconds(1_000);

  private static StepProgress step(long done, Optional<Instant> endedAt) {
    return new StepProgress(
        StepName.FEATURES,
        done,
        100,
        Optional.of(START),
        endedAt,
        Optional.of(RESUME),
        done - 20,
        List.of(new OfNode("a", done, (done - 20) / 4)));
  }

  @Test
  void ratesWhatWasDoneOfLate() {
    assertThat(step(60, Optional.empty()).rate(RESUME.plusSeconds(8))).hasValue(5.0);
  }

  @Test
  void ratesEachNode() {
    StepProgress step = step(60, Optional.empty());

    assertThat(step.rate(step.nodes().get(0), RESUME.plusSeconds(8))).hasValue(1.25);
  }

  @Test
  void foretellsTheRestAtThisRate() {
    assertThat(step(60, Optional.empty()).etaSeconds(RESUME.plusSeconds(8))).hasValue(8.0);
    assertThat(step(100, Optional.empty()).etaSeconds(RESUME.plusSeconds(8))).hasValue(0.0);
  }

  @Test
  void knowsNoRateBeforeSomethingIsDone() {
    assertThat(StepProgress.waiting(StepName.CLEAN).rate(START)).isEmpty();
    assertThat(StepProgress.waiting(StepName.CLEAN).etaSeconds(START)).isEmpty();
    assertThat(step(20, Optional.empty()).rate(RESUME.plusSeconds(8))).isEmpty();
    assertThat(step(20, Optional.empty()).etaSeconds(RESUME.plusSeconds(8))).isEmpty();
  }

  @Test
  void knowsNoRateWhenNoTimePassed() {
    assertThat(step(60, Optional.empty()).rate(RESUME)).isEmpty();
    assertThat(step(60, Optional.empty()).rate(RESUME.minusSeconds(1))).isEmpty();
  }

  @Test
  void staysAsItWasWhenItEnded() {
    StepProgress ended = step(100, Optional.of(RESUME.plusSeconds(16)));

    assertThat(ended.rate(RESUME.plusSeconds(999))).hasValue(5.0);
    assertThat(ended.etaSeconds(RESUME.plusSeconds(999))).hasValue(0.0);
  }

  /** The last commit is a minute after the window began. */
  @Test
  void getsOnWithoutANodeWhileAnotherCommits() {
    StepProgress step = step(60, Optional.empty());

    assertThat(step.getsOnWithout("b", RESUME.plusSeconds(119))).isTrue();
    assertThat(step.getsOnWithout("b", RESUME.plusSeconds(120))).isFalse();
    assertThat(step.getsOnWithout("a", RESUME.plusSeconds(61))).isFalse();
    assertThat(step(20, Optional.empty()).getsOnWithout("b", RESUME)).isFalse();
    assertThat(StepProgress.waiting(StepName.CLEAN).getsOnWithout("b", RESUME)).isFalse();
  }

  @Test
  void startsWithNothing() {
    assertThat(StepProgress.waiting(StepName.IMPORT).total()).isZero();
    assertThat(StepProgress.waiting(StepName.IMPORT).startedAt()).isEmpty();
  }
}
