package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class ChecksumTest {

  @Test
  void ofTwoRunsIsThatOfTheWhole() {
    SplittableRandom random = new SplittableRandom(1);
    for (int first = 0; first < 40; first += 3) {
      for (int second : new int[] {0, 1, 2, 7, 64, 2_048, 100_352}) {
        byte[] bytes = new byte[first + second];
        random.nextBytes(bytes);
        assertThat(Checksum.joined(crc(bytes, 0, first), crc(bytes, first, second), second))
            .as("%d and %d bytes", first, second)
            .isEqualTo(crc(bytes, 0, bytes.length));
      }
    }
  }

  @Test
  void countsRunsThatNoMemoryHolds() {
    long zeros = 5_000_000_000L;
    long half = Checksum.joined(0x1234, crc(new byte[0], 0, 0), zeros / 2);
    assertThat(Checksum.joined(half, 0, zeros / 2)).isEqualTo(Checksum.joined(0x1234, 0, zeros));
  }

  private static long crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return crc.getValue();
  }
}
