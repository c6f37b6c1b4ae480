package org.captionary.app.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * Stands around the reading of a body: its size, and that only there a JSON failure is the
 * caller's.
 */
@Provider
public final class BodyReader implements ReaderInterceptor {

  private final BodyLimit limit;

  BodyReader(BodyLimit limit) {
    this.limit = limit;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    context.setInputStream(limit.limited(context.getInputStream()));
    try {
      return required(context.proceed());
    } catch (JsonProcessingException e) {
      throw JsonFailure.translate(e);
    } catch (WebApplicationException e) {
      throw e.getCause() instanceof JsonProcessingException json ? JsonFailure.translate(json) : e;
    }
  }

  /** No resource method has to think of a body that is not there. */
  private static Object required(Object body) {
    if (body == null) {
      throw ProblemException.of(ProblemType.MALFORMED_JSON, "The body is empty or null.");
    }
    return body;
  }
}
