package io.quiver.server.access;

import io.quiver.jdbc.embedded.ConnectionSettings;
import io.quiver.jdbc.meta.SessionGate;
import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import io.quiver.sql.catalog.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of a server: each belongs to who opened it, and none takes more than its share.
 *
 * <p>What is too much is refused at once with SQLSTATE 53300, which says that it may be tried
 * again.
 */
public final class ServerGate implements SessionGate {
  /** What Avatica's own driver sends of its settings; they are not the database's. */
  private static final Set<String> AVATICA =
      Set.of(
          "url",
          "serialization",
          "authentication",
          "avatica_user",
          "avatica_password",
          "user",
          "password",
          "factory",
          "schema",
          "timezone",
          "fetch_size",
          "transparent_reconnection",
          "httpclient_factory",
          "httpclient_impl",
          "truststore",
          "truststore_password",
          "keystore",
          "keystore_password",
          "key_password",
          "keystore_type",
          "truststore_type",
          "hostname_verification",
          "bearer_token",
          "token_file",
          "tokenfile",
          "http_connection_timeout",
          "http_response_timeout",
          "max_retries_per_execute");

  private final ConnectionSettings settings;
  private final ServerLimits limits;
  private final AuditLog audit;
  private final Consumer<Execution> watcher;
  private final Semaphore running;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Integer> byUser = new HashMap<>();
  private final Map<String, Integer> runningByUser = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private final Map<Session, Caller> owners = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @param watcher hears of each execution
   */
  public ServerGate(
      ConnectionSettings settings,
      ServerLimits limits,
      AuditLog audit,
      Consumer<Execution> watcher) {
    this.settings = settings;
    this.limits = limits;
    this.audit = audit;
    this.watcher = watcher;
    this.running = new Semaphore(limits.mostRunning(), true);
  }

  /** Lets nothing new begin. */
  public void drain() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  public int connections() {
    return connections.get();
  }

  /** Connections and statements that were refused for want of room. */
  public long refused() {
    return refused.sum();
  }

  /** Statements that wait for their turn. */
  public int waiting() {
    return waiting.get();
  }

  /** Statements that run now. */
  public int running() {
    return limits.mostRunning() - running.availablePermits();
  }

  @Override
  public Session open(Map<String, String> properties) {
    checkDraining();
    Caller caller = Caller.CURRENT.get();
    count(caller.user());
    try {
      Session session = Session.of(new Principal(caller.user(), caller.keyId()));
      session.limit("statement_timeout", String.valueOf(limits.statementTimeout().toMillis()));
      session.limitTo(limits.ofStatement());
      limits.backupFolder().ifPresent(session::allowBackups);
      Map<String, String> ours = new HashMap<>(properties);
      ours.keySet().removeIf(name -> AVATICA.contains(name.toLowerCase(java.util.Locale.ROOT)));
      settings.apply(session, ours);
      owners.put(session, caller);
      return session;
    } catch (RuntimeException e) {
      uncount(caller.user());
      throw e;
    }
  }

  private synchronized void count(String user) {
    if (connections.get() >= limits.mostConnections()) {
      throw tooMany(
          "The server has " + limits.mostConnections() + " connections, the most it takes");
    }
    int own = byUser.getOrDefault(user, 0);
    if (own >= limits.mostConnectionsOfUser()) {
      throw tooMany(
          "User "
              + user
              + " has "
              + own
              + " connections, the most that max_user_connections allows");
    }
    byUser.put(user, own + 1);
    connections.incrementAndGet();
  }

  private synchronized void uncount(String user) {
    byUser.computeIfPresent(user, (name, own) -> own <= 1 ? null : own - 1);
    connections.decrementAndGet();
  }

  @Override
  public void closed(Session session) {
    Caller owner = owners.remove(session);
    if (owner != null) {
      uncount(owner.user());
    }
  }

  @Override
  public boolean admits(Session session) {
    Caller owner = owners.get(session);
    if (owner == null) {
      return false;
    }
    Caller caller = Caller.CURRENT.get();
    boolean own = owner.isSame(caller);
    if (!own) {
      // Whoever asks is told that there is no such connection.
      refused.increment();
      audit.reached(caller, owner.user());
    }
    return own;
  }

  @Override
  public int mostStatements() {
    return limits.mostStatements();
  }

  @Override
  public void enter(Session session) {
    checkDraining();
    countRunning(session.user());
    try {
      awaitTurn();
    } catch (RuntimeException e) {
      uncountRunning(session.user());
      throw e;
    }
  }

  private void countRunning(String user) {
    if (limits.mostRunningOfUser() == Integer.MAX_VALUE) {
      return;
    }
    runningByUser.compute(
        user,
        (name, before) -> {
          int now = before == null ? 1 : before + 1;
          if (now > limits.mostRunningOfUser()) {
            throw tooMany(
                "User "
                    + user
                    + " runs or waits for "
                    + before
                    + " statements, the most that max_user_running allows; try again in a moment");
          }
          return now;
        });
  }

  private void uncountRunning(String user) {
    runningByUser.computeIfPresent(user, (name, now) -> now <= 1 ? null : now - 1);
  }

  private void awaitTurn() {
    if (running.tryAcquire()) {
      return;
    }
    if (waiting.incrementAndGet() > limits.mostWaiting()) {
      waiting.decrementAndGet();
      throw busy();
    }
    try {
      if (!running.tryAcquire(limits.longestWait().toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private RuntimeException busy() {
    return tooMany(
        "The server runs "
            + limits.mostRunning()
            + " statements and others wait; try again in a moment");
  }

  @Override
  public void leave(Session session) {
    running.release();
    uncountRunning(session.user());
  }

  private void checkDraining() {
    if (draining) {
      throw refusal("57P01", "The server is shutting down");
    }
  }

  private RuntimeException tooMany(String message) {
    refused.increment();
    return refusal("53300", message);
  }

  private static RuntimeException refusal(String state, String message) {
    AvaticaRuntimeException refusal =
        new AvaticaRuntimeException(message, 0, state, AvaticaSeverity.ERROR);
    refusal.setStackTrace(new StackTraceElement[0]);
    return refusal;
  }

  @Override
  public void ran(Execution execution) {
    watcher.accept(execution);
    Prepared prepared = execution.prepared();
    boolean defines = prepared != null && prepared.kind() == Prepared.Kind.DEFINITION;
    String state = state(execution.failure());
    if (defines || state.startsWith("42501")) {
      audit.statement(
          Caller.CURRENT.get(),
          prepared == null ? "" : prepared.shownSql(),
          state.isEmpty() ? "ok" : state);
    }
  }

  private static String state(@Nullable RuntimeException failure) {
    return switch (failure) {
      case null -> "";
      case AvaticaRuntimeException told -> told.getSqlState();
      case io.quiver.sql.problem.SqlProblemException told -> told.sqlState();
      default -> "XX000";
    };
  }
}
