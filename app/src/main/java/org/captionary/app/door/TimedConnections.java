package org.captionary.app.door;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/** Has Netty give each connection a {@link HeadTimer}; found by Netty as a service. */
public final class TimedConnections extends ChannelInitializerExtension {

  private static final String PROPERTY = "io.netty.bootstrap.extensions";

  /** Has Netty look for such services; before its first server starts. */
  public static void enable() {
    System.setProperty(PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addFirst(new HeadTimer());
  }
}
