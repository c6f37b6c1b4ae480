package org.captionary.app.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.captionary.app.door.Roles;

/** Which resource methods only admins may call, and change something. */
final class AdminActions {

  /** Methods that change nothing (RFC 9110, section 9.2.1). */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Map<Method, Optional<String>> known = new ConcurrentHashMap<>();

  /** Method and address template, such as {@code DELETE /api/datasets/{name}}; empty for others. */
  Optional<String> find(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    return method == null
        ? Optional.empty()
        : known.computeIfAbsent(method, key -> action(resource.getResourceClass(), key));
  }

  static Optional<String> action(Class<?> resource, Method method) {
    return isForAdmins(resource, method)
        ? verb(method)
            .filter(verb -> !SAFE.contains(verb))
            .map(verb -> verb + " " + path(resource) + path(method))
        : Optional.empty();
  }

  private static boolean isForAdmins(Class<?> resource, Method method) {
    RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
    RolesAllowed given = roles == null ? resource.getAnnotation(RolesAllowed.class) : roles;
    return given != null && Set.of(given.value()).equals(Set.of(Roles.ADMIN));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }
}
