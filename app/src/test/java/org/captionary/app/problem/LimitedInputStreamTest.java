package org.captionary.app.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LimitedInputStreamTest {

  private final AtomicLong nanos = new AtomicLong(-5);

  private LimitedInputStream stream(int bytes, long limit) {
    return new LimitedInputStream(
        new ByteArrayInputStream(new byte[bytes]),
        limit,
        () -> new IllegalStateException("too long"),
        () -> new IllegalStateException("too slow"),
        nanos::get);
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void asMuchAsAllowedIsRead() throws IOException {
    assertThat(stream(100, 100).readAllBytes()).hasSize(100);
    assertThatThrownBy(() -> stream(101, 100).readAllBytes()).hasMessage("too long");
  }

  @Test
  void whatTricklesInIsNotWaitedFor() throws IOException {
    LimitedInputStream body = stream(100, 100);
    for (int i = 0; i < 30; i++) {
      pass(1);
      body.read();
    }
    pass(1);
    assertThatThrownBy(body::read).hasMessage("too slow");
  }

  @Test
  void slowNetworksHaveTheirTime() throws IOException {
    LimitedInputStream body = stream(1 << 20, 1 << 20);
    byte[] second = new byte[(int) LimitedInputStream.BYTES_A_SECOND];
    int read = 0;
    while (read < 1 << 20) {
      pass(1);
      read += body.read(second);
    }
    assertThat(read).isEqualTo(1 << 20);
  }

  @Test
  void anEndIsNeverTooLate() throws IOException {
    LimitedInputStream body = stream(0, 100);
    pass(3_600);
    assertThat(body.read()).isEqualTo(-1);
  }
}
