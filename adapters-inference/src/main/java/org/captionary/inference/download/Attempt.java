package org.captionary.inference.download;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** One exchange with one address; goes on with what is there of the same version. */
final class Attempt {

  private static final long MIB = 1L << 20;

  private final Source source;
  private final PartFile part;
  private final Duration stall;
  private final LongSupplier freeSpace;
  private final Reception reception = new Reception();

  /** Why the answer is not read, thrown where it is waited for. */
  private volatile IOException refusal;

  /**
   * @param freeSpace bytes that may still be written
   */
  Attempt(Source source, PartFile part, Duration stall, LongSupplier freeSpace) {
    this.source = source;
    this.part = part;
    this.stall = stall;
    this.freeSpace = freeSpace;
  }

  /** Returns once all has come that the server said would come. */
  void run(HttpClient client) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request(), this::receive);
    try {
      await(exchange);
    } catch (ExecutionException e) {
      throw reason(e.getCause());
    } finally {
      exchange.cancel(true);
      reception.close();
    }
  }

  private HttpRequest request() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(source.address());
    Optional<String> version = part.versionFrom(source.address());
    if (version.isPresent()) {
      request.header("Range", "bytes=" + part.length() + "-").header("If-Range", version.get());
    }
    return request.header("Accept-Encoding", "identity").build();
  }

  private void await(CompletableFuture<?> exchange)
      throws IOException, InterruptedException, ExecutionException {
    long tick = Math.max(1, Math.min(1000, stall.toMillis() / 4));
    while (true) {
      try {
        exchange.get(tick, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (reception.isSilentFor(stall)) {
          throw new IOException("nothing came for " + stall.toMillis() + " ms", e);
        }
      }
    }
  }

  /** What is wrong here matters more than what the client made of it. */
  private IOException reason(Throwable failure) {
    if (refusal != null) {
      return refusal;
    }
    Optional<IOException> local = reception.failure();
    if (local.isPresent()) {
      return new FolderException(
          "%s cannot be written: %s".formatted(part.path(), local.get().getMessage()), local.get());
    }
    return new IOException(text(failure), failure);
  }

  private static String text(Throwable failure) {
    if (isUnknownHost(failure)) {
      return "no such host is known";
    }
    String message = failure.getMessage();
    if (message != null && failure.getClass() == IOException.class) {
      return message;
    }
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }

  private static boolean isUnknownHost(Throwable failure) {
    return failure instanceof UnresolvedAddressException
        || failure.getCause() != null && isUnknownHost(failure.getCause());
  }

  /** Runs on a thread of the client's, when the head of the answer is there. */
  private BodySubscriber<Void> receive(ResponseInfo info) {
    try {
      Answer answer = new Answer(info);
      answer.requireFile();
      if (answer.isNothingAfter(part.length())) {
        return BodySubscribers.replacing(null);
      }
      requireSpace(answer.length());
      reception.begin(() -> open(answer), progress(answer));
      return BodySubscribers.ofByteArrayConsumer(reception);
    } catch (IOException e) {
      refusal = e;
      throw new IllegalStateException(e);
    }
  }

  private Progress progress(Answer answer) throws IOException {
    long from = answer.isWhole() ? 0 : part.length();
    OptionalLong length = answer.length();
    return new Progress(
        source.fileName(),
        from,
        length.isPresent() ? OptionalLong.of(from + length.getAsLong()) : length);
  }

  private FileChannel open(Answer answer) throws IOException {
    if (answer.isWhole()) {
      return part.startAnew(source.address(), answer.version());
    }
    if (answer.goesOn(part.length(), part.versionFrom(source.address()))) {
      return part.goOn();
    }
    part.delete();
    throw new IOException("the file has changed there since its first part came");
  }

  private void requireSpace(OptionalLong length) throws FolderException {
    long free = freeSpace.getAsLong();
    if (length.isPresent() && length.getAsLong() > free) {
      throw new FolderException(
          "%d MiB are still to come, but the disk of %s has %d MiB left"
              .formatted(length.getAsLong() / MIB, part.path().getParent(), free / MIB),
          null);
    }
  }
}
