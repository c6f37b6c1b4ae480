package org.captionary.app.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.captionary.domain.training.RowMemory;
import org.captionary.domain.training.RowMemoryContract;
import org.junit.jupiter.api.Test;

class NativeRowMemoryTest extends RowMemoryContract {

  private final NativeRowMemory memory = new NativeRowMemory();

  @Override
  protected RowMemory memory() {
    return memory;
  }

  @Test
  void aLargeRowIsGoneWhenNobodyHoldsIt() throws IOException {
    byte[] bytes = random(NativeRowMemory.SMALLEST);
    RowMemory.Row row = memory.copyOf(bytes.clone());
    assertThat(row.hold()).isTrue();
    row.giveBack();
    assertThat(written(row)).isEqualTo(bytes);
    row.giveBack();
    assertThat(row.hold()).isFalse();
  }

  @Test
  void aLargeRowKnowsItsChecksumAndSize() throws IOException {
    byte[] bytes = random(100_352);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    RowMemory.Row row = memory.copyOf(bytes);
    assertThat(row.checksum()).isEqualTo(crc.getValue());
    assertThat(row.heldBytes()).isEqualTo(bytes.length);
    row.giveBack();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }
}
