package org.captionary.app.body;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;

/**
 * The memory that batches may take together, a third of the heap, so that many large requests at
 * once wait for each other, and in the end are sent away, before they run the process out of it.
 */
@Singleton
public class BatchMemory {

  private static final int SHARE = 3;
  private static final int KIB = 1_024;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final int total;
  private final Semaphore free;
  private final long longestWaitMillis;
  private final LongAdder refusals = new LongAdder();

  @Inject
  BatchMemory() {
    this(Runtime.getRuntime().maxMemory() / SHARE, LONGEST_WAIT_MILLIS);
  }

  BatchMemory(long bytes, long longestWaitMillis) {
    this.total = (int) Math.min(Integer.MAX_VALUE, bytes / KIB);
    this.free = new Semaphore(total, true);
    this.longestWaitMillis = longestWaitMillis;
  }

  /**
   * Waits a little for memory.
   *
   * @param bytes more than all there is count as all there is: such a batch is made alone
   * @return gives it back, however often it is run
   * @throws ProblemException 503 if there is none in time
   */
  public Runnable take(long bytes) {
    int permits = (int) Math.min(total, bytes / KIB + 1);
    if (!acquire(permits)) {
      refusals.increment();
      throw ProblemException.of(
          ProblemType.UNAVAILABLE, "Too many large batches are being sent; try again soon.");
    }
    AtomicBoolean taken = new AtomicBoolean(true);
    return () -> {
      if (taken.getAndSet(false)) {
        free.release(permits);
      }
    };
  }

  /** How many were sent away since the start. */
  public long refusals() {
    return refusals.sum();
  }

  /** What is taken now. */
  public long takenBytes() {
    return (long) KIB * (total - free.availablePermits());
  }

  /** What may be taken together. */
  public long totalBytes() {
    return (long) KIB * total;
  }

  private boolean acquire(int permits) {
    try {
      return free.tryAcquire(permits, longestWaitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
