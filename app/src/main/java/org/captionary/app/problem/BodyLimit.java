package org.captionary.app.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The largest body, {@code captionary.max-body-size}, whether its length is declared or not, and
 * how fast it must come.
 */
@Singleton
final class BodyLimit {

  /** How long a caller may go on sending, so that it comes to read the answer. */
  private static final long LINGER_MILLIS = 2_000;

  private static final String TOO_SLOW =
      "A body must come within %d seconds and one more for each %d bytes."
          .formatted(LimitedInputStream.GRACE_SECONDS, LimitedInputStream.BYTES_A_SECOND);

  private final long bytes;
  private final CurrentVertxRequest current;

  BodyLimit(
      @ConfigProperty(name = "captionary.max-body-size") MemorySize size,
      CurrentVertxRequest current) {
    this.bytes = size.asLongValue();
    this.current = current;
  }

  /** Answers 413 at once if the declared length is too large; otherwise goes on. */
  void checkDeclared(RoutingContext context) {
    String declared = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (declared != null && Long.parseLong(declared) > bytes) {
      ProblemResponse.send(context, tooLarge().problem());
      closeLater(context);
    } else {
      context.next();
    }
  }

  /** The stream, which fails with a {@link ProblemException} beyond the limit. */
  InputStream limited(InputStream body) {
    return new LimitedInputStream(
        body,
        bytes,
        () -> refuseRest(tooLarge()),
        () -> refuseRest(ProblemException.of(ProblemType.TOO_SLOW, TOO_SLOW)),
        System::nanoTime);
  }

  private ProblemException refuseRest(ProblemException why) {
    closeLater(current.getCurrent());
    return why;
  }

  private ProblemException tooLarge() {
    return ProblemException.of(
        ProblemType.TOO_LARGE, "A body may have %d bytes at most.".formatted(bytes));
  }

  /** Throws away what still comes, then closes: at once would lose the answer under way. */
  private static void closeLater(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.handler(rest -> {}).resume();
    context.vertx().setTimer(LINGER_MILLIS, timer -> request.connection().close());
  }
}
