package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine {@code auto} takes. */
class EnginesTest {

  private final Logger logger = Logger.getLogger(Engines.class.getName());
  private final List<String> said = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          said.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final Constant right = new Constant(1);
  private final Constant slow = new Constant(1);

  @BeforeEach
  void listen() {
    logger.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(listener);
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 1.00005f, 0.99995f})
  void theFastOneIsTakenIfItAgrees(float value) {
    Constant fast = new Constant(value);
    assertThat(Engines.checked(() -> fast, () -> right, () -> slow)).isSameAs(fast);
    assertThat(fast.closed).isFalse();
    assertThat(right.closed).isTrue();
    assertThat(said).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {1.0002f, 0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void theSlowOneIsTakenIfTheFastOneDoesNotAgree(float value) {
    Constant fast = new Constant(value);
    assertThat(Engines.checked(() -> fast, () -> right, () -> slow)).isSameAs(slow);
    assertThat(fast.closed).isTrue();
    assertThat(right.closed).isTrue();
    assertThat(slow.closed).isFalse();
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("oneDNN is left aside, deeplearning4j computes features: it is ");
  }

  @Test
  void theSlowOneIsTakenWhereTheFastOneDoesNotLoad() {
    Engine taken =
        Engines.checked(
            () -> {
              throw new UnsatisfiedLinkError("no jnidnnl");
            },
            () -> right,
            () -> slow);
    assertThat(taken).isSameAs(slow);
    assertThat(said).singleElement().asString().endsWith("UnsatisfiedLinkError: no jnidnnl");
  }

  private static final class Constant implements Engine {

    private final float value;
    private boolean closed;

    Constant(float value) {
      this.value = value;
    }

    @Override
    public int photos() {
      return 1;
    }

    @Override
    public float[] pool(float[] input) {
      float[] pooled = new float[25088];
      Arrays.fill(pooled, value);
      return pooled;
    }

    @Override
    public List<float[]> dense(float[] pooled) {
      throw new AssertionError("not compared");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
