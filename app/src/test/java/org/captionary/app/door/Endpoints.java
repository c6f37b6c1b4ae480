package org.captionary.app.door;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every resource method of the service, found in its classes. */
public final class Endpoints {

  /** Of a method that says nothing; the framework closes it to all. */
  static final String NOBODY = "nobody";

  static final String ANYBODY = "anybody";

  private Endpoints() {}

  /** Method and address template, to whom it is open. */
  public static SortedMap<String, String> all() {
    SortedMap<String, String> found = new TreeMap<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.captionary")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(Endpoints::of)
            .forEach(endpoint -> found.put(endpoint.getKey(), endpoint.getValue()));
    return found;
  }

  private static Stream<Map.Entry<String, String>> of(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(
            method ->
                verbs(method)
                    .map(
                        verb ->
                            Map.entry(
                                verb + " " + path(resource) + path(method),
                                openTo(resource, method))));
  }

  private static Stream<String> verbs(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value);
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  private static String openTo(Class<?> resource, Method method) {
    String own = openTo(method);
    return own.equals(NOBODY) ? openTo(resource) : own;
  }

  private static String openTo(AnnotatedElement element) {
    RolesAllowed roles = element.getAnnotation(RolesAllowed.class);
    if (roles != null) {
      return String.join(",", roles.value());
    }
    return element.isAnnotationPresent(PermitAll.class) ? ANYBODY : NOBODY;
  }
}
