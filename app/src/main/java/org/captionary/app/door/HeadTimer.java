package org.captionary.app.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes a connection on which a request's head is not whole {@value #SECONDS} seconds after its
 * first byte (or that of the TLS handshake before it). All happens on the connection's event loop.
 */
final class HeadTimer extends ChannelInboundHandlerAdapter implements Consumer<String> {

  static final int SECONDS = 10;

  private ChannelHandlerContext connection;
  private ScheduledFuture<?> deadline;
  private boolean isWaiting = true;

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection = context;
    context.channel().attr(RequestHeads.TIMER).set(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    if (isWaiting && deadline == null) {
      deadline = context.executor().schedule(() -> context.close(), SECONDS, TimeUnit.SECONDS);
    }
    super.channelRead(context, bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    cancel();
    super.channelInactive(context);
  }

  @Override
  public void accept(String event) {
    if (connection.executor().inEventLoop()) {
      happened(event);
    } else {
      connection.executor().execute(() -> happened(event));
    }
  }

  private void happened(String event) {
    cancel();
    if (event.equals(RequestHeads.HTTP_2)) {
      leave();
    } else {
      isWaiting = event.equals(RequestHeads.ANSWERED);
    }
  }

  /** Each request of the connection says so. */
  private void leave() {
    if (!connection.isRemoved()) {
      connection.pipeline().remove(this);
    }
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
