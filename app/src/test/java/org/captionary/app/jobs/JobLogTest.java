package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;
import org.captionary.domain.preparation.StepProgress.OfNode;
import org.junit.jupiter.api.Test;

final class JobLogTest {

  private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void tellsHowFarAStepIsHowFastAndByWhom() {
    StepProgress step =
        step(
            1_200,
            Optional.of(BEGAN),
            List.of(new OfNode("a", 700, 216), new OfNode("b", 500, 210)));

    assertThat(JobLog.progress(step, BEGAN.plus(Duration.ofMinutes(1))))
        .isEqualTo("features 1200/8091, 7.1/s, 16 min left (a 3.6/s, b 3.5/s)");
  }

  @Test
  void tellsNoRateBeforeAnythingIsDone() {
    assertThat(JobLog.progress(step(0, Optional.of(BEGAN), List.of()), BEGAN.plusSeconds(9)))
        .isEqualTo("features 0/8091");
  }

  private static StepProgress step(long done, Optional<Instant> since, List<OfNode> nodes) {
    return new StepProgress(
        StepName.FEATURES,
        done,
        8_091,
        since,
        Optional.empty(),
        since,
        nodes.stream().mapToLong(OfNode::doneSince).sum(),
        nodes);
  }
}
