package io.quiver.jdbc.meta;

import static io.quiver.jdbc.meta.Translation.telling;

import io.quiver.jdbc.ConnectionProperty;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.NoSuchConnectionException;

/** The connections that are open: who may use them, and when they end. For many threads. */
final class OpenSessions {
  private final SessionGate gate;
  private final Map<String, MetaSession> open = new ConcurrentHashMap<>();

  OpenSessions(SessionGate gate) {
    this.gate = gate;
  }

  void open(String id, Map<String, String> properties) {
    VectorFormat format =
        VectorFormat.named(
            properties.getOrDefault(ConnectionProperty.VECTOR_FORMAT.propertyName(), "text"));
    MetaSession session =
        new MetaSession(
            gate.open(properties), format, describesOnce(properties), gate.mostStatements());
    if (open.putIfAbsent(id, session) != null) {
      gate.closed(session.session());
      throw Translation.problem("08002", 0, "The connection is open already");
    }
  }

  private static boolean describesOnce(Map<String, String> properties) {
    String columns = properties.getOrDefault(ConnectionProperty.COLUMNS.propertyName(), "always");
    return switch (columns) {
      case "always" -> false;
      case "once" -> true;
      default ->
          throw Translation.problem(
              "22023", 0, "Invalid columns '" + columns + "': it is always or once");
    };
  }

  /** The session of a connection; an error if the caller has no such connection. */
  MetaSession session(String id) {
    return find(id).orElseThrow(() -> new NoSuchConnectionException(id));
  }

  /** The session of a connection, if the caller has such a connection. */
  Optional<MetaSession> find(String id) {
    Optional<MetaSession> session = admitted(id);
    session.ifPresent(MetaSession::used);
    return session;
  }

  private Optional<MetaSession> admitted(String id) {
    return Optional.ofNullable(open.get(id)).filter(each -> gate.admits(each.session()));
  }

  int count() {
    return open.size();
  }

  /** Does what a client asks of its connection, if it may run now; one thing at a time. */
  <T> T exclusively(MetaSession session, String sql, Supplier<T> work) {
    session.lock();
    try {
      gate.enter(session.session());
      try {
        return telling(sql, work);
      } finally {
        gate.leave(session.session());
      }
    } finally {
      session.unlock();
    }
  }

  /** Nothing where the caller has no such statement. */
  void closeStatement(Meta.StatementHandle handle) {
    admitted(handle.connectionId).ifPresent(session -> session.close(handle.id));
  }

  /** Nothing where the caller has no such connection. */
  void close(String id) {
    admitted(id).ifPresent(session -> close(id, session));
  }

  private void close(String id, MetaSession session) {
    if (open.remove(id, session)) {
      try {
        session.close();
      } finally {
        gate.closed(session.session());
      }
    }
  }

  /**
   * Closes the connections that nothing was asked of for a while.
   *
   * @return how many
   */
  int expire(Duration idle) {
    int closed = 0;
    for (Map.Entry<String, MetaSession> each : open.entrySet()) {
      if (each.getValue().isIdle(idle.toNanos())) {
        close(each.getKey(), each.getValue());
        closed++;
      }
    }
    return closed;
  }

  void closeAll() {
    open.forEach(this::close);
  }
}
