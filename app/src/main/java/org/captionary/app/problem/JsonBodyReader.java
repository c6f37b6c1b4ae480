package org.captionary.app.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Stands around the reading of a body, so that only there a JSON failure is the caller's. */
@Provider
public final class JsonBodyReader implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      return context.proceed();
    } catch (JsonProcessingException e) {
      throw JsonFailure.translate(e);
    } catch (WebApplicationException e) {
      throw e.getCause() instanceof JsonProcessingException json ? JsonFailure.translate(json) : e;
    }
  }
}
