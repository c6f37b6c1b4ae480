package org.captionary.app.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
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
  Response map(Throwable failure) {
    return ProblemResponse.of(ProblemTranslator.translate(failure));
  }

  @ServerExceptionMapper
  Response map(WebApplicationException failure) {
    Response given = failure.getResponse();
    if (given.getStatus() < 400) {
      return given;
    }
    Response.ResponseBuilder problem =
        Response.fromResponse(ProblemResponse.of(ProblemTranslator.translate(failure)));
    String allow = given.getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? problem.build() : problem.header(HttpHeaders.ALLOW, allow).build();
  }
}
