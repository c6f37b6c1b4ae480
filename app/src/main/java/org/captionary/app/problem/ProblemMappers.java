package org.captionary.app.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure below a resource becomes a problem; the framework's own mappers are replaced. */
final class ProblemMappers {

  @ServerExceptionMapper({
    AuthenticationFailedException.class,
    UnauthorizedException.class,
    ForbiddenException.class,
    // Bodies are read through BodyReader, so that here it is a fault of ours.
    MismatchedInputException.class,
    Throwable.class
  })
  Response map(Throwable failure, HttpServerRequest request) {
    breakOff(request);
    return ProblemResponse.of(ProblemTranslator.translate(failure));
  }

  /**
   * Part of another answer may be out: only a broken connection tells that it is not whole. It is
   * waited for, as what the mapper gives would follow that part.
   */
  private static void breakOff(HttpServerRequest request) {
    if (!request.response().headWritten()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
      return;
    }
    Future<Void> closed = request.connection().close();
    if (!Context.isOnEventLoopThread()) {
      closed.toCompletionStage().toCompletableFuture().join();
    }
  }

  @ServerExceptionMapper
  Response map(WebApplicationException failure, HttpServerRequest request) {
    breakOff(request);
    Response given = failure.getResponse();
    if (given.getStatus() < 400) {
      return given;
    }
    return ProblemResponse.of(ProblemTranslator.translate(failure));
  }
}
