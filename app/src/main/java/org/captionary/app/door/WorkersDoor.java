package org.captionary.app.door;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.captionary.app.jobs.NodeRole;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemResponse;
import org.captionary.app.problem.ProblemType;

/**
 * A node that only works answers health, metrics, and what needs networks and their weights or data
 * sets' files, which a node that only serves has not: jobs, data sets, features of a photo.
 */
final class WorkersDoor {

  /** Behind authentication and authorization, before all that answers. */
  private static final int AFTER_AUTHORIZATION = -60;

  private static final List<String> OPEN =
      List.of("/q/", "/api/admin/", "/api/datasets", "/api/photos/", "/api/token");

  private WorkersDoor() {}

  static void install(@Observes Router router, NodeRole role) {
    if (!role.serves()) {
      router.route().order(AFTER_AUTHORIZATION).handler(WorkersDoor::check);
    }
  }

  private static void check(RoutingContext exchange) {
    if (isOpen(exchange.normalizedPath())) {
      exchange.next();
    } else {
      ProblemResponse.send(exchange, refused().problem());
    }
  }

  static boolean isOpen(String path) {
    return OPEN.stream().anyMatch(path::startsWith);
  }

  private static ProblemException refused() {
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "This node only works (captionary.role is work); ask another.");
  }
}
