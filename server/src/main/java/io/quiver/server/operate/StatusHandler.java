package io.quiver.server.operate;

import io.quiver.server.access.Caller;
import io.quiver.server.access.Entrance;
import io.quiver.server.access.EntryRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /healthz} says that the process lives, {@code /readyz} that it takes statements, {@code
 * /metrics} what it measured: the last to administrators alone.
 */
final class StatusHandler extends Handler.Abstract {
  private final BooleanSupplier ready;
  private final Supplier<String> metrics;
  private final Entrance entrance;
  private final Predicate<String> mayMonitor;

  /**
   * @param mayMonitor whether a user may see the metrics
   */
  StatusHandler(
      BooleanSupplier ready,
      Supplier<String> metrics,
      Entrance entrance,
      Predicate<String> mayMonitor) {
    this.ready = ready;
    this.metrics = metrics;
    this.entrance = entrance;
    this.mayMonitor = mayMonitor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (Request.getPathInContext(request)) {
      case "/healthz" -> answer(response, callback, 200, "ok\n");
      case "/readyz" -> {
        boolean now = ready.getAsBoolean();
        answer(response, callback, now ? 200 : 503, now ? "ready\n" : "not ready\n");
      }
      case "/metrics" -> metrics(request, response, callback);
      default -> answer(response, callback, 404, "There is nothing here\n");
    }
    return true;
  }

  private void metrics(Request request, Response response, Callback callback) {
    try {
      Caller caller =
          entrance.admit(
              request.getHeaders().get(HttpHeader.AUTHORIZATION), Request.getRemoteAddr(request));
      if (mayMonitor.test(caller.user())) {
        answer(response, callback, 200, metrics.get());
      } else {
        answer(response, callback, 403, "Metrics are for administrators\n");
      }
    } catch (EntryRefusedException e) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"quiver\"");
      answer(response, callback, e.status(), e.getMessage() + "\n");
    }
  }

  private static void answer(Response response, Callback callback, int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
