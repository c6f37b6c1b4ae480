package org.captionary.app.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.HungDecodersException;
import org.captionary.domain.photo.UnavailableExtractorException;
import org.captionary.domain.preparation.JobStateException;
import org.jboss.logging.Logger;

/** Says a failure in a problem's words. What is no fault of the request is logged. */
final class ProblemTranslator {

  private static final Logger LOG = Logger.getLogger(ProblemTranslator.class);

  /** What the framework's stream and that of batches say when nobody reads. */
  private static final Set<String> GONE = Set.of("Failed to write", "the reader has gone");

  private static final Pattern NO_CONNECTION =
      Pattern.compile("acquisition timeout", Pattern.CASE_INSENSITIVE);

  private ProblemTranslator() {}

  static Problem translate(Throwable failure) {
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof InvalidInputException input) {
      return ProblemException.badField(input.field(), input.value(), input.allowed()).problem();
    }
    if (failure instanceof JobStateException state) {
      return ProblemType.CONFLICT.problem().withDetail(state.getMessage());
    }
    if (failure instanceof AuthenticationFailedException
        && failure.getCause() instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof UnauthorizedException
        || failure instanceof AuthenticationFailedException) {
      return ProblemType.UNAUTHENTICATED.problem();
    }
    if (failure instanceof ForbiddenException) {
      return ProblemType.FORBIDDEN.problem();
    }
    if (failure instanceof WebApplicationException web) {
      return ofWeb(web);
    }
    if (failure instanceof HungDecodersException) {
      return unavailable(failure, "Photos cannot be decoded now.");
    }
    if (failure instanceof UnavailableExtractorException) {
      return unavailable(failure, "This node cannot extract features now.");
    }
    return isDatabaseAway(failure)
        ? unavailable(failure, "The database cannot be reached now.")
        : internal(failure);
  }

  /** Whether the database cannot be reached, or has no connection free, and may have one later. */
  private static boolean isDatabaseAway(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .anyMatch(ProblemTranslator::isPassing);
  }

  /** By PostgreSQL's classes of errors; Agroal's own, of a pool without a connection, have none. */
  private static boolean isPassing(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        ? NO_CONNECTION.matcher(String.valueOf(failure.getMessage())).find()
        : state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
  }

  private static Problem unavailable(Throwable failure, String detail) {
    LOG.warnf("A request cannot be answered now: %s", failure.getMessage());
    return ProblemType.UNAVAILABLE.problem().withDetail(detail);
  }

  /** With what they suppressed: there a transaction keeps why it could not be committed. */
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(
            cause ->
                Stream.concat(
                    Stream.of(cause),
                    Stream.of(cause.getSuppressed()).flatMap(ProblemTranslator::causes)));
  }

  private static Problem ofWeb(WebApplicationException failure) {
    if (failure.getCause() instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof NotFoundException && failure.getCause() != null) {
      // JAX-RS takes a parameter that cannot be converted for a wrong address (section 3.2).
      return ProblemType.BAD_FIELD.problem().withDetail("A parameter cannot be read.");
    }
    int status = failure.getResponse().getStatus();
    return status >= 500 && status != 503 ? internal(failure) : ofStatus(status);
  }

  /** A fault of ours: the caller gets its name alone, the log gets the rest. */
  static Problem internal(Throwable failure) {
    String instance = "urn:uuid:" + UUID.randomUUID();
    if (isCallerGone(failure)) {
      LOG.debugf("The caller left before the answer: %s", instance);
    } else {
      LOG.errorf(failure, "A request failed: %s", instance);
    }
    return ProblemType.INTERNAL.problem().withInstance(instance);
  }

  private static boolean isCallerGone(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof HttpClosedException
                    || cause instanceof ClosedChannelException
                    || GONE.contains(String.valueOf(cause.getMessage())));
  }

  /** The kind of a bare status. */
  static Problem ofStatus(int status) {
    return type(status).map(ProblemType::problem).orElseGet(() -> blank(status));
  }

  private static Optional<ProblemType> type(int status) {
    return Arrays.stream(ProblemType.values()).filter(type -> type.status() == status).findFirst();
  }

  private static Problem blank(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "HTTP status " + status : known.getReasonPhrase();
    return new Problem("about:blank", title, status, null, null, null, null, null);
  }
}
