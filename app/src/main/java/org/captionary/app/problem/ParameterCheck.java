package org.captionary.app.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that the resource method does not declare, single ones that stand more
 * than once, and values of the wrong kind, each by name. It runs after the caller is known.
 */
final class ParameterCheck {

  private final Map<Method, Declared> declared = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ResourceInfo resource, ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method != null) {
      declared.computeIfAbsent(method, Declared::of).check(request.getUriInfo());
    }
  }

  private record Declared(Parameters path, Parameters query) {

    static Declared of(Method method) {
      return new Declared(Parameters.ofPath(method), Parameters.ofQuery(method));
    }

    void check(UriInfo address) {
      checkPath(address.getPathParameters());
      checkQuery(address.getQueryParameters());
    }

    private void checkPath(MultivaluedMap<String, String> given) {
      given.forEach((name, values) -> path.find(name).ifPresent(known -> known.check(values)));
    }

    private void checkQuery(MultivaluedMap<String, String> given) {
      given.forEach(this::checkQuery);
    }

    private void checkQuery(String name, List<String> values) {
      query.find(name).orElseThrow(() -> unknown(name, values)).check(values);
    }

    private ProblemException unknown(String name, List<String> values) {
      return ProblemException.unknownField(name, String.join(", ", values), query.names());
    }
  }
}
