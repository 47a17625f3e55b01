package io.quiver.server.wire;

import io.quiver.jdbc.meta.QuiverMeta;
import io.quiver.server.access.Caller;
import io.quiver.server.access.Entrance;
import io.quiver.server.access.EntryRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves {@code POST /} and {@code POST /control}: who calls is found out before anything else. */
public final class WireHandler extends Handler.Abstract {
  private final Entrance entrance;
  private final BodyReader reader;
  private final Protocol protocol;
  private final Control control;
  private final RefusedRequests refused;
  private final BiConsumer<String, Throwable> failures;

  /** Answers what {@code POST /control} asks. */
  @FunctionalInterface
  private interface Control {
    String apply(byte[] body) throws EntryRefusedException;
  }

  /**
   * @param address as clients are told it
   * @param limits of requests
   * @param refused hears of requests that go no further
   * @param failures hears of defects, with a sentence
   */
  public WireHandler(
      Entrance entrance,
      QuiverMeta meta,
      String address,
      WireLimits limits,
      RefusedRequests refused,
      BiConsumer<String, Throwable> failures) {
    this(
        entrance,
        new AvaticaProtocol(
            meta, address, reason -> refused.refused(400, Caller.CURRENT.get().address(), reason)),
        new ControlProtocol(meta)::apply,
        limits,
        refused,
        failures);
  }

  private WireHandler(
      Entrance entrance,
      Protocol protocol,
      Control control,
      WireLimits limits,
      RefusedRequests refused,
      BiConsumer<String, Throwable> failures) {
    this.entrance = entrance;
    this.protocol = protocol;
    this.control = control;
    this.reader = new BodyReader(limits.mostRequestBytes(), limits.longestRequest());
    this.refused = refused;
    this.failures = failures;
  }

  /** A handler of another protocol, with nothing to control. */
  public static WireHandler speaking(
      Protocol protocol, Entrance entrance, WireLimits limits, RefusedRequests refused) {
    return new WireHandler(
        entrance, protocol, body -> "", limits, refused, (sentence, failure) -> {});
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    boolean controls = path.equals("/control");
    if (!controls && !path.equals("/")) {
      return false;
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
      refused.refused(405, Request.getRemoteAddr(request), "Requests are POSTs");
      text(response, callback, 405, "Requests are POSTs");
      return true;
    }
    try {
      Caller caller = KnownCaller.of(request, entrance);
      byte[] body = reader.read(request);
      ScopedValue.where(Caller.CURRENT, caller)
          .call(
              () -> {
                if (controls) {
                  text(response, callback, 200, control.apply(body));
                } else {
                  answer(response, callback, body);
                }
                return true;
              });
    } catch (EntryRefusedException e) {
      refused.refused(e.status(), Request.getRemoteAddr(request), String.valueOf(e.getMessage()));
      refuse(request, response, callback, e);
    } catch (IOException e) {
      // The client went away, or sent less than it said: there is nobody to answer.
      refused.refused(
          400, Request.getRemoteAddr(request), "The request broke off: " + e.getMessage());
      callback.failed(e);
    }
    return true;
  }

  private void answer(Response response, Callback callback, byte[] body) {
    HandlerResponse<byte[]> answer;
    try {
      answer = protocol.apply(body);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      failures.accept("A request failed outside of its statement", e);
      answer =
          protocol.refuse(
              body,
              new AvaticaRuntimeException(
                  "Internal error of the server; its log says more",
                  0,
                  "XX000",
                  AvaticaSeverity.ERROR));
    }
    response.setStatus(answer.getStatusCode());
    response
        .getHeaders()
        .put(
            HttpHeader.CONTENT_TYPE,
            AvaticaProtocol.isJson(body)
                ? "application/json;charset=utf-8"
                : "application/octet-stream");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.getResponse().length);
    response.write(true, ByteBuffer.wrap(answer.getResponse()), callback);
  }

  private void refuse(
      Request request, Response response, Callback callback, EntryRefusedException refusal) {
    if (refusal.status() == 401) {
      response
          .getHeaders()
          .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"quiver\", charset=\"UTF-8\"");
    }
    if (refusal.status() == 413 || refusal.status() == 408) {
      // The rest of the body is not used: the connection is of no use any more.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    // A client that is cut off while it sends never reads why: the answer goes first, and the
    // connection closes when what was on its way has been taken in.
    Callback answered =
        refusal.status() == 413
            ? Callback.from(() -> reader.discard(request, callback), callback::failed)
            : callback;
    text(response, answered, refusal.status(), String.valueOf(refusal.getMessage()));
  }

  private static void text(Response response, Callback callback, int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
