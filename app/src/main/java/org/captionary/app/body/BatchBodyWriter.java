package org.captionary.app.body;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Lets the framework send a {@link BatchBody}, past its own output stream. */
@Provider
public class BatchBodyWriter implements ServerMessageBodyWriter<BatchBody> {

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == BatchBody.class;
  }

  @Override
  public void writeResponse(BatchBody body, Type generic, ServerRequestContext context)
      throws IOException {
    body.write();
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == BatchBody.class;
  }

  /** Never asked by a server that knows {@link #writeResponse}. */
  @Override
  public void writeTo(
      BatchBody body,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    throw new UnsupportedOperationException("a batch is written by its exchange");
  }
}
