package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FailSafeDecoderTest extends PhotoDecoderContract {

  private static final Pixels PIXELS = new Pixels(new byte[Pixels.LENGTH]);

  @Override
  protected PhotoDecoder decoder() {
    return new FailSafeDecoder(new FakePhotoDecoder());
  }

  @Override
  protected byte[] photo(int seed) {
    return FakePhotoDecoder.file("photo " + seed);
  }

  @Test
  void anUncheckedExceptionIsThePhotosFault() {
    refused("the decoder fails on it: java.lang.IllegalStateException: x", illegalState());
  }

  @Test
  void soIsAStackThatIsTooDeep() {
    refused("decoding it needs a deeper stack than there is", new StackOverflowError());
  }

  @Test
  void soIsHungerForMemoryAtASecondTry() {
    refused(
        "decoding it needs more memory than there is",
        new OutOfMemoryError(),
        new OutOfMemoryError());
    refused("the decoder fails on it: ", new OutOfMemoryError(), illegalState());
  }

  @Test
  void memoryThatOthersHadIsEnoughAtASecondTry() throws Exception {
    assertThat(decode(new OutOfMemoryError())).isEqualTo(PIXELS);
  }

  @Test
  void aReasonIsPassedOn() {
    UnreadablePhotoException reason = new UnreadablePhotoException("cut short");
    assertThatThrownBy(() -> decode(reason)).isSameAs(reason);
  }

  @Test
  void whatIsMissingIsNoPhotosFault() {
    Error missing = new NoClassDefFoundError("javax/imageio/ImageIO");
    assertThatThrownBy(() -> decode(missing)).isSameAs(missing);
  }

  private static RuntimeException illegalState() {
    return new IllegalStateException("x");
  }

  private static void refused(String reason, Throwable... failures) {
    assertThatThrownBy(() -> decode(failures))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessageStartingWith(reason)
        .hasCause(failures[failures.length - 1]);
  }

  /** By a decoder that fails so often before it succeeds. */
  private static Pixels decode(Throwable... failures) throws UnreadablePhotoException {
    Queue<Throwable> open = new ArrayDeque<>(List.of(failures));
    return new FailSafeDecoder((file, rendering) -> next(open))
        .decode(new byte[1], Rendering.KERAS);
  }

  private static Pixels next(Queue<Throwable> failures) throws UnreadablePhotoException {
    Throwable failure = failures.poll();
    if (failure instanceof UnreadablePhotoException reason) {
      throw reason;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw (Error) failure;
    }
    return PIXELS;
  }
}
