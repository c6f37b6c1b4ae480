package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link PhotoDecoder} keeps. */
public abstract class PhotoDecoderContract {

  protected abstract PhotoDecoder decoder();

  /** A file of the format, with pixels that depend on the seed. */
  protected abstract byte[] photo(int seed) throws Exception;

  @Test
  void givesTheSamePixelsForTheSameBytes() throws Exception {
    assertThat(decoder().decode(photo(1), Rendering.KERAS))
        .isEqualTo(decoder().decode(photo(1), Rendering.KERAS));
    assertThat(decoder().decode(photo(1), Rendering.KERAS))
        .isNotEqualTo(decoder().decode(photo(2), Rendering.KERAS));
  }

  @Test
  void leavesTheFileAsItIs() throws Exception {
    byte[] file = photo(3);
    decoder().decode(file, Rendering.KERAS);
    assertThat(file).isEqualTo(photo(3));
  }

  @Test
  void rendersByEveryFilter() throws Exception {
    Set<Pixels> rendered = new HashSet<>();
    for (Resize resize : Resize.values()) {
      rendered.add(decoder().decode(photo(1), new Rendering(resize, false)));
    }
    assertThat(rendered).hasSameSizeAs(Resize.values());
  }

  @Test
  void refusesWhatIsNoPhotoWithAReason() {
    for (byte[] file : List.of(new byte[0], "some text".getBytes(), new byte[5000])) {
      assertThatExceptionOfType(UnreadablePhotoException.class)
          .isThrownBy(() -> decoder().decode(file, Rendering.KERAS))
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
  }

  @Test
  void decodesInSeveralThreadsAtOnce() throws Exception {
    PhotoDecoder decoder = decoder();
    byte[] file = photo(4);
    Pixels alone = decoder.decode(file, Rendering.KERAS);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Pixels> task = () -> decoder.decode(file, Rendering.KERAS);
      for (Future<Pixels> pixels : threads.invokeAll(Collections.nCopies(16, task))) {
        assertThat(pixels.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }
}
