package org.captionary.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** The iterator that the service gives out, compiled as its users compile it. */
final class ServedIterator implements AutoCloseable {

  static final String ADDRESS = "/clients/CaptionaryIterator.java";

  private static final String NAME = "org.captionary.client.CaptionaryIterator";

  private static Class<?> compiled;

  private final Object iterator;

  private ServedIterator(Object iterator) {
    this.iterator = iterator;
  }

  /** An iterator by what its builder is told; whole numbers as int but the seed. */
  static ServedIterator of(Map<String, Object> options) throws Exception {
    Object builder = type().getMethod("builder").invoke(null);
    for (Map.Entry<String, Object> option : options.entrySet()) {
      Object value = option.getValue();
      Class<?> kind = value.getClass();
      if (value instanceof Integer || value instanceof Boolean || value instanceof Long) {
        kind = (Class<?>) kind.getField("TYPE").get(null);
      }
      builder.getClass().getMethod(option.getKey(), kind).invoke(builder, value);
    }
    return new ServedIterator(builder.getClass().getMethod("build").invoke(builder));
  }

  private static synchronized Class<?> type() throws Exception {
    if (compiled == null) {
      compiled = load(compile());
    }
    return compiled;
  }

  private static Path compile() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "iterator");
    Path source = folder.resolve("CaptionaryIterator.java");
    Files.write(source, RestAssured.get(ADDRESS).asByteArray());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
    return folder;
  }

  @SuppressWarnings("resource") // its classes are used to the end
  private static Class<?> load(Path folder) throws Exception {
    URL[] classes = {folder.toUri().toURL()};
    ClassLoader nd4j = MultiDataSetIterator.class.getClassLoader();
    return new URLClassLoader(classes, nd4j).loadClass(NAME);
  }

  MultiDataSetIterator iterator() {
    return (MultiDataSetIterator) iterator;
  }

  boolean hasNext() {
    return iterator().hasNext();
  }

  MultiDataSet next() {
    return iterator().next();
  }

  void reset() {
    iterator().reset();
  }

  long batches() throws Exception {
    return (long) call(iterator, "batches");
  }

  /** As text, which is what is kept of a state. */
  String state() throws Exception {
    return call(iterator, "state").toString();
  }

  void resume(String state) throws Exception {
    Class<?> stateType = type().getClassLoader().loadClass(NAME + "$State");
    Object parsed = stateType.getMethod("parse", String.class).invoke(null, state);
    try {
      type().getMethod("resume", stateType).invoke(iterator, parsed);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /** What a failure says of itself: status, field, value or allowed. */
  static Object said(Throwable failure, String what) throws Exception {
    return call(failure, what);
  }

  private static Object call(Object target, String method) throws Exception {
    return target.getClass().getMethod(method).invoke(target);
  }

  @Override
  public void close() {
    try {
      call(iterator, "close");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
