package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitedDecoderTest extends PhotoDecoderContract {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofDays(1);
  private static final byte[] PHOTO = FakePhotoDecoder.file("photo");

  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  protected PhotoDecoder decoder() {
    return new TimeLimitedDecoder(new FakePhotoDecoder(), LONG);
  }

  @Override
  protected byte[] photo(int seed) {
    return FakePhotoDecoder.file("photo " + seed);
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  /** Decodes when released, whoever interrupts. */
  private Pixels whenReleased(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // A reader that hangs does not listen.
      }
    }
    return new FakePhotoDecoder().decode(file, rendering);
  }

  @Test
  void aPhotoThatNeverEndsIsGivenUpOn() {
    TimeLimitedDecoder decoder = new TimeLimitedDecoder(this::whenReleased, SHORT);
    assertThatThrownBy(() -> decoder.decode(PHOTO, Rendering.KERAS))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage("decoding it takes longer than the 5 ms allowed");
    assertThat(decoder.hung()).isEqualTo(1);
  }

  @Test
  void itsThreadIsInterruptedAndKeepsNoProcessAlive() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    TimeLimitedDecoder decoder =
        new TimeLimitedDecoder(
            (file, rendering) -> {
              thread[0] = Thread.currentThread();
              try {
                released.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return new FakePhotoDecoder().decode(file, rendering);
            },
            SHORT);
    assertThatThrownBy(() -> decoder.decode(PHOTO, Rendering.KERAS))
        .hasMessageContaining("longer than");
    interrupted.await();
    assertThat(thread[0].isDaemon()).isTrue();
  }

  @Test
  void whileTooManyHangNoOtherIsDecodedAndLaterAllAre() throws Exception {
    TimeLimitedDecoder decoder =
        new TimeLimitedDecoder(
            (file, rendering) ->
                file == PHOTO
                    ? whenReleased(file, rendering)
                    : new FakePhotoDecoder().decode(file, rendering),
            SHORT,
            1,
            2);
    for (int hung = 0; hung < 2; hung++) {
      assertThatThrownBy(() -> decoder.decode(PHOTO, Rendering.KERAS))
          .isInstanceOf(UnreadablePhotoException.class);
    }
    assertThatThrownBy(() -> decoder.decode(photo(1), Rendering.KERAS))
        .isInstanceOf(HungDecodersException.class)
        .hasMessageStartingWith("2 photos that took too long");

    release();
    while (decoder.hung() > 0) {
      Thread.onSpinWait();
    }
    assertThat(decoded(decoder)).isEqualTo(decoder().decode(photo(1), Rendering.KERAS));
  }

  /** On a busy machine a healthy photo takes more than a few milliseconds now and then. */
  private Pixels decoded(PhotoDecoder decoder) {
    while (true) {
      try {
        return decoder.decode(photo(1), Rendering.KERAS);
      } catch (UnreadablePhotoException e) {
        assertThat(e).hasMessageContaining("longer than");
      }
    }
  }

  @Test
  void whatTheDecoderThrowsIsThrown() {
    for (Throwable failure :
        new Throwable[] {
          new UnreadablePhotoException("cut short"),
          new IllegalStateException("a bug"),
          new NoClassDefFoundError("missing")
        }) {
      TimeLimitedDecoder decoder = new TimeLimitedDecoder(throwing(failure), LONG);
      assertThatThrownBy(() -> decoder.decode(PHOTO, Rendering.KERAS)).isSameAs(failure);
      assertThat(decoder.hung()).isZero();
    }
  }

  private static PhotoDecoder throwing(Throwable failure) {
    return (file, rendering) -> {
      if (failure instanceof UnreadablePhotoException reason) {
        throw reason;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (Error) failure;
    };
  }

  /** The process is to stop, which says nothing about the photo. */
  @Test
  void whoIsInterruptedFindsNoFaultWithThePhoto() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    TimeLimitedDecoder decoder =
        new TimeLimitedDecoder(
            (file, rendering) -> {
              begun.countDown();
              return whenReleased(file, rendering);
            },
            LONG);
    FutureTask<Boolean> caller =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> decoder.decode(PHOTO, Rendering.KERAS))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("interrupted");
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(caller);
    thread.start();
    begun.await();
    thread.interrupt();
    assertThat(stillInterrupted(caller)).isTrue();
  }

  /** Who waits behind a photo that never ends, and leaves, leaves nothing to do. */
  @Test
  void whatIsGivenUpOnBeforeItBeginsIsNotDecoded() throws Exception {
    Queue<byte[]> decoded = new ConcurrentLinkedQueue<>();
    CountDownLatch begun = new CountDownLatch(1);
    TimeLimitedDecoder decoder =
        new TimeLimitedDecoder(
            (file, rendering) -> {
              decoded.add(file);
              begun.countDown();
              return whenReleased(file, rendering);
            },
            LONG,
            1,
            16);
    FutureTask<Pixels> first = new FutureTask<>(() -> decoder.decode(PHOTO, Rendering.KERAS));
    new Thread(first).start();
    begun.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> decoder.decode(photo(1), Rendering.KERAS))
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    release();
    first.get();
    decoder.decode(photo(2), Rendering.KERAS);
    assertThat(decoded).doesNotContain(photo(1)).hasSize(2);
    assertThat(decoder.hung()).isZero();
  }

  private static boolean stillInterrupted(FutureTask<Boolean> caller) throws Exception {
    try {
      return caller.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void aLimitIsMoreThanNone(long millis) {
    assertThatThrownBy(
            () -> new TimeLimitedDecoder(new FakePhotoDecoder(), Duration.ofMillis(millis)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
