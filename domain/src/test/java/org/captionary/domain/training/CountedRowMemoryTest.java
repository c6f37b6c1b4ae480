package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedRowMemoryTest extends RowMemoryContract {

  private final CountedRowMemory memory = new CountedRowMemory();

  @Override
  protected RowMemory memory() {
    return memory;
  }

  @Test
  void aRowThatNobodyHoldsIsGone() {
    RowMemory.Row row = memory.copyOf(new byte[] {1});
    assertThat(memory.held()).isOne();
    row.giveBack();
    assertThat(row.hold()).isFalse();
    assertThat(memory.held()).isZero();
  }
}
