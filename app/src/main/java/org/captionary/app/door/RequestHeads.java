package org.captionary.app.door;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells a connection's {@link HeadTimer} when a request's head is there, and when its answer is
 * out. Vert.x itself waits for a head as long as some byte of it comes now and then.
 */
final class RequestHeads {

  /** On each connection; a type of Java's own, as Netty and this may have different loaders. */
  static final AttributeKey<Consumer<String>> TIMER = AttributeKey.valueOf("captionary.head-timer");

  static final String REQUEST = "request";
  static final String ANSWERED = "answered";

  /** Many requests at once from now on. */
  static final String HTTP_2 = "http/2";

  private RequestHeads() {}

  static void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(RequestHeads::came);
  }

  private static void came(RoutingContext exchange) {
    timer(exchange.request().connection()).ifPresent(timer -> tell(timer, exchange));
    exchange.next();
  }

  private static Optional<Consumer<String>> timer(HttpConnection connection) {
    return connection instanceof ConnectionBase base
        ? Optional.ofNullable(base.channel().attr(TIMER).get())
        : Optional.empty();
  }

  private static void tell(Consumer<String> timer, RoutingContext exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_2) {
      timer.accept(HTTP_2);
    } else {
      timer.accept(REQUEST);
      exchange.addEndHandler(ended -> timer.accept(ANSWERED));
    }
  }
}
