package org.captionary.app.api;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.app.door.Roles;

/** Every resource method of the service, by method and path as in {@code GET /api/token}. */
final class Routes {

  private Routes() {}

  /** Whether it is for an admin alone. */
  static Map<String, Boolean> all() {
    Map<String, Boolean> routes = new TreeMap<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.captionary.app")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .forEach(type -> declare(type, routes));
    return routes;
  }

  private static void declare(Class<?> resource, Map<String, Boolean> routes) {
    String base = resource.getAnnotation(Path.class).value();
    for (Method method : resource.getMethods()) {
      verb(method)
          .ifPresent(verb -> routes.put(verb + " " + base + below(method), isAdmins(method)));
    }
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String below(Method method) {
    Path path = method.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  private static boolean isAdmins(Method method) {
    RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
    if (roles == null) {
      roles = method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    }
    return roles != null && Arrays.equals(roles.value(), new String[] {Roles.ADMIN});
  }
}
