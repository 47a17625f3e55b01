package io.quiver.server.operate;

import io.quiver.engine.search.StopSignal;
import io.quiver.jdbc.embedded.ConnectionSettings;
import io.quiver.jdbc.embedded.QuiverDatabase;
import io.quiver.jdbc.meta.QuiverMeta;
import io.quiver.jdbc.meta.SessionGate;
import io.quiver.planner.Session;
import io.quiver.server.access.AuditLog;
import io.quiver.server.access.CatalogEntrance;
import io.quiver.server.access.Entrance;
import io.quiver.server.access.ServerGate;
import io.quiver.server.access.ServerLimits;
import io.quiver.server.wire.Carriers;
import io.quiver.server.wire.HttpServer;
import io.quiver.server.wire.WireHandler;
import io.quiver.sql.catalog.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** A database served over HTTP: opened, guarded, watched, and closed in good order. */
public final class QuiverServer implements AutoCloseable {
  private static final int PASSWORD_BYTES = 15;

  /** Longest for each of the two. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final ServerConfig config;
  private final EventLog log;
  private final AuditLog audit;
  private final QuiverDatabase database;
  private final ServerGate gate;
  private final QuiverMeta meta;
  private final HttpServer http;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quiver-keeper").factory());
  private final Optional<String> newPassword;
  private final @Nullable TlsReload reload;
  private volatile boolean ready;

  private QuiverServer(ServerConfig config, EventLog log, QuiverDatabase database)
      throws IOException, GeneralSecurityException {
    this.config = config;
    this.log = log;
    this.database = database;
    Path directory = Path.of(config.text(ServerOption.DIR));
    String auditFile = config.text(ServerOption.AUDIT_LOG);
    this.audit =
        AuditLog.to(
            auditFile.isEmpty() ? beside(directory, "audit.log") : Path.of(auditFile),
            Clock.systemUTC());
    this.newPassword = firstUser(config, database);
    ServerMetrics metrics = new ServerMetrics();
    ServerLimits limits = config.limits();
    this.gate =
        new ServerGate(
            new ConnectionSettings(database.runner()),
            limits,
            audit,
            execution -> watch(metrics, execution));
    metrics.watch(gate);
    metrics.watch(new StoreMetrics(database.runner()));
    this.meta = QuiverMeta.serving(database.runner(), gate);
    Entrance entrance =
        new CatalogEntrance(() -> database.catalog().access(), Clock.systemUTC(), audit);
    SslContextFactory.@Nullable Server tls = tls(config);
    RefusalLog refused = new RefusalLog(metrics, log);
    this.http =
        new HttpServer(
            config.text(ServerOption.HOST),
            config.number(ServerOption.PORT),
            tls,
            config.wireLimits(),
            config.seconds(ServerOption.DRAIN_SECONDS),
            meta::closeAll,
            refused,
            new Handler.Sequence(
                new WireHandler(
                    entrance,
                    meta,
                    config.text(ServerOption.HOST),
                    config.wireLimits(),
                    refused,
                    log::error),
                new StatusHandler(
                    () -> ready && !gate.isDraining(),
                    metrics::text,
                    entrance,
                    user -> database.catalog().access().isAdministrator(user))));
    long look = Math.clamp(limits.idleConnection().toMillis() / 4, 250, 10_000);
    keeper.scheduleWithFixedDelay(
        () -> meta.expire(limits.idleConnection()), look, look, TimeUnit.MILLISECONDS);
    if (tls != null && !config.truth(ServerOption.TLS_SELF_SIGNED)) {
      this.reload =
          new TlsReload(
              tls,
              Path.of(config.text(ServerOption.TLS_CERTIFICATE)),
              Path.of(config.text(ServerOption.TLS_KEY)));
      keeper.scheduleWithFixedDelay(this::lookForCertificate, 10, 10, TimeUnit.SECONDS);
    } else {
      this.reload = null;
    }
  }

  /** Takes up a certificate that was renewed. */
  void lookForCertificate() {
    if (reload != null) {
      reload.look(log);
    }
  }

  /** The directory holds nothing but the database, so that what is ours stands beside it. */
  private static Path beside(Path directory, String name) {
    Path absolute = directory.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + "-" + name);
  }

  /** Opens the database and listens. */
  public static QuiverServer start(ServerConfig config, EventLog log)
      throws SQLException, IOException, GeneralSecurityException {
    Carriers.allowFor(config.limits().mostRunning());
    QuiverDatabase database = QuiverDatabase.open(Path.of(config.text(ServerOption.DIR)));
    QuiverServer server;
    try {
      server = new QuiverServer(config, log, database);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      database.close();
      throw e;
    }
    try {
      server.http.start();
      server.warm();
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
    server.ready = true;
    server.audit.server("started");
    return server;
  }

  /** What would keep the first client waiting is done before the server says that it is ready. */
  private void warm() {
    try {
      WarmUp.kernels(WARM_UP);
      WarmUp.indexes(database, WARM_UP);
    } catch (SQLException | RuntimeException e) {
      log.error("Not all could be warmed up, so that first searches take longer", e);
    }
  }

  /** Makes user admin where nobody may do everything; its password, where it was made up here. */
  private static Optional<String> firstUser(ServerConfig config, QuiverDatabase database)
      throws IOException {
    if (database.catalog().access().hasAdministrator()) {
      return Optional.empty();
    }
    String file = config.text(ServerOption.ADMIN_PASSWORD_FILE);
    Optional<String> given =
        file.isEmpty()
            ? config.adminPassword()
            : Optional.of(Files.readString(Path.of(file)).strip());
    String password = given.orElseGet(() -> Secrets.random(PASSWORD_BYTES));
    Session session = new Session("admin");
    database
        .runner()
        .execute(
            session,
            database
                .runner()
                .prepare(
                    session, "CREATE USER admin PASSWORD '" + password.replace("'", "''") + "'"),
            new Object[0],
            StopSignal.NEVER);
    return given.isPresent() ? Optional.empty() : Optional.of(password);
  }

  private static SslContextFactory.@Nullable Server tls(ServerConfig config)
      throws IOException, GeneralSecurityException {
    if (!config.hasTls()) {
      return null;
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(
        config.truth(ServerOption.TLS_SELF_SIGNED)
            ? Certificates.selfSigned()
            : Certificates.of(
                Path.of(config.text(ServerOption.TLS_CERTIFICATE)),
                Path.of(config.text(ServerOption.TLS_KEY))));
    tls.setKeyStorePassword(new String(Certificates.password()));
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return tls;
  }

  private void watch(ServerMetrics metrics, SessionGate.Execution execution) {
    metrics.ran(execution);
    int slow = config.number(ServerOption.SLOW_QUERY_MILLIS);
    long millis = execution.nanos() / 1_000_000;
    if (slow > 0 && millis >= slow && execution.prepared() != null) {
      log.slow(
          execution.session().user(),
          execution.prepared().shownSql(),
          millis,
          execution.prepared().planLines());
    }
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /** The password of user admin, if this start made it up. */
  public Optional<String> newPassword() {
    return newPassword;
  }

  /** As clients connect to it. */
  public String url() {
    return "jdbc:quiver://"
        + config.text(ServerOption.HOST)
        + ":"
        + port()
        + "/public"
        + (config.hasTls() ? "?ssl=true" : "");
  }

  /** Lets nothing new begin, waits for what runs, and closes the database. */
  @Override
  public void close() {
    gate.drain();
    keeper.shutdownNow();
    http.close();
    meta.closeAll();
    audit.server("stopped");
    audit.close();
    database.close();
  }
}
