package org.captionary.app.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.captionary.app.problem.ProblemException;
import org.junit.jupiter.api.Test;

class BatchMemoryTest {

  private static final long MEBIBYTE = 1 << 20;
  private static final long FOREVER = 60_000;

  @Test
  void sendsAwayWhatDoesNotFitBesideTheOthers() {
    BatchMemory memory = new BatchMemory(10 * MEBIBYTE, 0);
    memory.take(6 * MEBIBYTE);

    assertThatThrownBy(() -> memory.take(6 * MEBIBYTE))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
    memory.take(3 * MEBIBYTE);
  }

  @Test
  void takesBackOnceHoweverOftenItIsGiven() {
    BatchMemory memory = new BatchMemory(10 * MEBIBYTE, 0);
    Runnable first = memory.take(6 * MEBIBYTE);
    first.run();
    first.run();
    memory.take(6 * MEBIBYTE);

    assertThatThrownBy(() -> memory.take(6 * MEBIBYTE)).isInstanceOf(ProblemException.class);
  }

  @Test
  void makesABatchThatIsLargerThanAllAlone() {
    BatchMemory memory = new BatchMemory(10 * MEBIBYTE, 0);
    Runnable all = memory.take(100 * MEBIBYTE);

    assertThatThrownBy(() -> memory.take(1)).isInstanceOf(ProblemException.class);
    all.run();
    memory.take(1);
  }

  @Test
  void knowsWhatIsTakenAndHowOftenItWasTooMuch() {
    BatchMemory memory = new BatchMemory(10 * MEBIBYTE, 0);
    Runnable first = memory.take(10 * MEBIBYTE);
    assertThat(memory.takenBytes()).isEqualTo(memory.totalBytes()).isEqualTo(10 * MEBIBYTE);
    assertThatThrownBy(() -> memory.take(1)).isInstanceOf(ProblemException.class);
    assertThat(memory.refusals()).isEqualTo(1);
    first.run();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void waitsForWhatIsGivenBack() {
    BatchMemory memory = new BatchMemory(10 * MEBIBYTE, FOREVER);
    Runnable first = memory.take(10 * MEBIBYTE);
    CompletableFuture<Runnable> second =
        CompletableFuture.supplyAsync(() -> memory.take(10 * MEBIBYTE));

    first.run();

    assertThat(second.join()).isNotNull();
  }
}
