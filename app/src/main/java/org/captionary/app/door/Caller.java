package org.captionary.app.door;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** Where a request comes from. */
public final class Caller {

  private Caller() {}

  /**
   * The address; behind a proxy that is trusted ({@code quarkus.http.proxy.*}) the one that it
   * tells.
   */
  public static String address(RoutingContext context) {
    SocketAddress remote = context.request().remoteAddress();
    if (remote == null) {
      return "unknown";
    }
    return remote.hostAddress() == null ? String.valueOf(remote.host()) : remote.hostAddress();
  }
}
