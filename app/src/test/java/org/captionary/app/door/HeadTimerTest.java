package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HeadTimerTest {

  private final EmbeddedChannel connection = new EmbeddedChannel();

  HeadTimerTest() {
    connection.freezeTime();
    new TimedConnections().postInitializeServerChildChannel(connection);
  }

  private void readsAByte() {
    connection.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
  }

  private void waits(long milliseconds) {
    connection.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
  }

  private void told(String event) {
    connection.attr(RequestHeads.TIMER).get().accept(event);
  }

  @Test
  void headThatTricklesInIsNotWaitedForLongerThanOneThatStops() {
    for (int i = 0; i < HeadTimer.SECONDS; i++) {
      readsAByte();
      assertThat(connection.isOpen()).isTrue();
      waits(1_000);
    }
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void connectionThatSaysNothingIsLeftAlone() {
    waits(3_600_000);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void bodyAndAnswerMayTakeTheirTime() {
    readsAByte();
    told(RequestHeads.REQUEST);
    waits(3_600_000);
    readsAByte();
    waits(3_600_000);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void theNextRequestHasItsOwnTime() {
    readsAByte();
    told(RequestHeads.REQUEST);
    told(RequestHeads.ANSWERED);
    waits(3_600_000);
    assertThat(connection.isOpen()).isTrue();
    readsAByte();
    waits(9_999);
    assertThat(connection.isOpen()).isTrue();
    waits(1);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void http2IsNotTimedOnceItsFirstRequestCame() {
    readsAByte();
    told(RequestHeads.HTTP_2);
    readsAByte();
    told(RequestHeads.HTTP_2);
    waits(3_600_000);
    assertThat(connection.isOpen()).isTrue();
  }
}
