package org.captionary.domain.photo;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up on a photo whose decoding takes too long. Photos are decoded in threads of its own, as
 * no thread can be stopped from outside: one at a photo that was given up on is interrupted, left
 * to end by itself, and meanwhile another one takes its place. While {@value #MOST_HUNG} of these
 * still run, no photo is decoded, so that they do not take the whole machine.
 */
public final class TimeLimitedDecoder implements PhotoDecoder {

  static final int MOST_HUNG = 16;

  private final PhotoDecoder decoder;
  private final Duration limit;
  private final int mostHung;
  private final int workers;
  private final ThreadPoolExecutor threads;
  private int hung;

  /**
   * @param decoder safe to call from several threads
   * @param limit for each photo from the beginning of its decoding, more than none
   */
  public TimeLimitedDecoder(PhotoDecoder decoder, Duration limit) {
    // One more than processors, so that none is idle while pixels are handed over.
    this(decoder, limit, Runtime.getRuntime().availableProcessors() + 1, MOST_HUNG);
  }

  /**
   * @param workers how many photos are decoded at once beside those given up on
   */
  TimeLimitedDecoder(PhotoDecoder decoder, Duration limit, int workers, int mostHung) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit is more than none: " + limit);
    }
    this.decoder = decoder;
    this.limit = limit;
    this.workers = workers;
    this.mostHung = mostHung;
    this.threads =
        new ThreadPoolExecutor(
            workers,
            Integer.MAX_VALUE,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            TimeLimitedDecoder::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "photo-decoder");
    thread.setDaemon(true);
    return thread;
  }

  /** How many photos that were given up on are still being decoded. */
  synchronized int hung() {
    return hung;
  }

  private synchronized void countHung(int more) {
    hung += more;
    threads.setCorePoolSize(workers + Math.max(0, hung));
  }

  /**
   * @throws UnreadablePhotoException as the decoder, or if it takes too long
   * @throws HungDecodersException if too many took too long and have not ended
   */
  @Override
  public Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    Decoding decoding = new Decoding(file, rendering);
    threads.execute(decoding);
    return decoding.await();
  }

  private UnreadablePhotoException tooLong() {
    String allowed =
        limit.toMillisPart() == 0
            ? String.format(Locale.ROOT, "%d s", limit.toSeconds())
            : String.format(Locale.ROOT, "%d ms", limit.toMillis());
    return new UnreadablePhotoException(
        "decoding it takes longer than the " + allowed + " allowed");
  }

  /** Of the end of the decoding and the giving up, whichever comes first decides. */
  private final class Decoding implements Runnable {

    private final byte[] file;
    private final Rendering rendering;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<Pixels> pixels = new CompletableFuture<>();
    private Thread thread;

    Decoding(byte[] file, Rendering rendering) {
      this.file = file;
      this.rendering = rendering;
    }

    @Override
    public void run() {
      setThread(Thread.currentThread());
      begun.countDown();
      boolean awaited = decode();
      setThread(null);
      if (!awaited) {
        countHung(-1);
      }
    }

    private boolean decode() {
      if (pixels.isDone()) {
        return false;
      }
      try {
        if (hung() >= mostHung) {
          throw new HungDecodersException(mostHung);
        }
        return pixels.complete(decoder.decode(file, rendering));
      } catch (Throwable e) {
        return pixels.completeExceptionally(e);
      }
    }

    private synchronized void setThread(Thread current) {
      thread = current;
    }

    Pixels await() throws UnreadablePhotoException {
      waitOrGiveUp();
      try {
        return pixels.join();
      } catch (CompletionException e) {
        throw passedOn(e.getCause());
      }
    }

    private void waitOrGiveUp() {
      try {
        begun.await();
        pixels.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        // Said when the pixels are asked for.
      } catch (TimeoutException e) {
        giveUp(tooLong());
      } catch (InterruptedException e) {
        giveUp(new IllegalStateException("interrupted while a photo is decoded", e));
        Thread.currentThread().interrupt();
      }
    }

    private void giveUp(Exception why) {
      if (pixels.completeExceptionally(why)) {
        countHung(1);
        interrupt();
      }
    }

    /** Only while the thread is at this photo: it decodes others later. */
    private synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }

    private static UnreadablePhotoException passedOn(Throwable failure) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      return (UnreadablePhotoException) failure;
    }
  }
}
