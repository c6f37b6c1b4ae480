package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What every {@link RowMemory} keeps to. */
public abstract class RowMemoryContract {

  private static final byte[] BYTES = {1, 2, 3, -4, 5, 6, 7, 8};

  protected abstract RowMemory memory();

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    RowMemory.Row row = memory().copyOf(BYTES.clone());
    assertThat(written(row)).isEqualTo(BYTES);
    assertThat(written(row)).isEqualTo(BYTES);
    assertThat(row.heldBytes()).isEqualTo(BYTES.length);
    row.giveBack();
  }

  @Test
  void knowsTheChecksum() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(BYTES);
    RowMemory.Row row = memory().copyOf(BYTES.clone());
    assertThat(row.checksum()).isEqualTo(crc.getValue());
    assertThat(row.checksum()).isEqualTo(crc.getValue());
    row.giveBack();
  }

  @Test
  void staysWhileSomebodyHoldsIt() throws IOException {
    RowMemory.Row row = memory().copyOf(BYTES.clone());
    assertThat(row.hold()).isTrue();
    row.giveBack();
    assertThat(written(row)).isEqualTo(BYTES);
    row.giveBack();
  }

  @Test
  void rowsDoNotTouchEachOther() throws IOException {
    RowMemory memory = memory();
    RowMemory.Row first = memory.copyOf(BYTES.clone());
    RowMemory.Row second = memory.copyOf(new byte[] {9, 9});
    first.giveBack();
    RowMemory.Row third = memory.copyOf(new byte[] {7, 7, 7, 7, 7, 7, 7, 7});
    assertThat(written(second)).containsExactly(9, 9);
    second.giveBack();
    third.giveBack();
  }

  @Test
  void mayBeEmpty() throws IOException {
    RowMemory.Row row = memory().copyOf(new byte[0]);
    assertThat(written(row)).isEmpty();
    row.giveBack();
  }

  protected static byte[] written(RowMemory.Row row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    row.writeTo(out);
    return out.toByteArray();
  }
}
