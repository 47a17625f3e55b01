package io.quiver.server.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What Jetty refuses by itself: what is no HTTP, asks for a path in a way that may be misread, has
 * too large headers, or cannot agree on TLS. It is told like every other refusal, and the client
 * gets a line of text and no page.
 */
final class RefusedByHttp extends ErrorHandler implements SslHandshakeListener {
  private final RefusedRequests refused;

  RefusedByHttp(RefusedRequests refused) {
    this.refused = refused;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String reason = HttpStatus.getMessage(status);
    refused.refused(status, Request.getRemoteAddr(request), "Not taken as HTTP: " + reason);
    byte[] bytes = (reason + "\n").getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    refused.refused(400, address(event.getEndPoint()), "No TLS: " + failure.getMessage());
  }

  /** The client's address; empty where the socket is gone already. */
  static String address(@Nullable EndPoint of) {
    return of != null && of.getRemoteSocketAddress() instanceof InetSocketAddress socket
        ? socket.getAddress().getHostAddress()
        : "";
  }
}
