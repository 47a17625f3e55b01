package io.quiver.server.wire;

import io.quiver.jdbc.embedded.ConnectionSettings;
import io.quiver.jdbc.meta.QuiverMeta;
import io.quiver.planner.StatementRunner;
import io.quiver.server.access.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server in this process that everybody may use, as its administrator. */
public final class OpenServer implements AutoCloseable {
  private final QuiverMeta meta;
  private final HttpServer http;

  public OpenServer(StatementRunner runner) throws IOException {
    this(runner, 0);
  }

  public OpenServer(StatementRunner runner, int port) throws IOException {
    meta = QuiverMeta.serving(runner, new ConnectionSettings(runner)::apply);
    WireLimits limits = WireLimits.defaults();
    http =
        new HttpServer(
            "127.0.0.1",
            port,
            null,
            limits,
            Duration.ofMillis(200),
            meta::closeAll,
            (status, address, reason) -> {},
            new WireHandler(
                (authorization, address) -> new Caller("admin", Optional.empty(), address),
                meta,
                "127.0.0.1",
                limits,
                (status, address, reason) -> {},
                (sentence, failure) -> failure.printStackTrace()));
    http.start();
  }

  public QuiverMeta meta() {
    return meta;
  }

  public int port() {
    return http.port();
  }

  /** For our driver. */
  public String url() {
    return "jdbc:quiver://127.0.0.1:" + port() + "/public";
  }

  @Override
  public void close() {
    http.close();
    meta.closeAll();
  }
}
