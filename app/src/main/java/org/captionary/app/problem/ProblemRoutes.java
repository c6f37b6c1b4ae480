package org.captionary.app.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Makes problems of what fails outside resources: no such path, a body too large, a bad URI. */
final class ProblemRoutes {

  /** Behind Quarkus's authentication (-200) and authorization (-100), before its own limit (-2). */
  private static final int AFTER_AUTHORIZATION = -50;

  static void install(@Observes Router router, BodyLimit limit) {
    router.route().order(AFTER_AUTHORIZATION).handler(limit::checkDeclared);
    router.route().order(Integer.MIN_VALUE).failureHandler(ProblemRoutes::failed);
    router.route().order(Integer.MAX_VALUE).handler(ProblemRoutes::notFound);
  }

  private static void failed(RoutingContext context) {
    ProblemResponse.send(context, problem(context.failure(), context.statusCode()));
  }

  private static Problem problem(Throwable failure, int status) {
    boolean bare = failure == null || status >= 400 && status < 500;
    return bare ? ProblemTranslator.ofStatus(status) : ProblemTranslator.translate(failure);
  }

  private static void notFound(RoutingContext context) {
    ProblemResponse.send(context, ProblemType.NOT_FOUND.problem());
  }
}
