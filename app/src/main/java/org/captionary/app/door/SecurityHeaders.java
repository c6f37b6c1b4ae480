package org.captionary.app.door;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** What every answer tells a browser, refusals and errors too. */
final class SecurityHeaders {

  /** The page and its modules come from here alone, and nobody frames it. */
  static final String PAGE_POLICY =
      "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none';"
          + " frame-ancestors 'none'; form-action 'self'";

  /** Data are no page, whatever somebody wrote into a caption. */
  static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private static final String DATA = "/api/";

  private SecurityHeaders() {}

  static void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(SecurityHeaders::set);
  }

  private static void set(RoutingContext exchange) {
    MultiMap headers = exchange.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Content-Security-Policy", policy(exchange.request().path()));
    if ("https".equals(exchange.request().scheme())) {
      // RFC 6797: for a year, this host is asked by TLS alone.
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    exchange.next();
  }

  private static String policy(String path) {
    return path != null && path.startsWith(DATA) ? DATA_POLICY : PAGE_POLICY;
  }
}
