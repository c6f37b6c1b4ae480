package org.captionary.domain.training;

final class HeapRowMemoryTest extends RowMemoryContract {

  @Override
  protected RowMemory memory() {
    return RowMemory.onHeap();
  }
}
