package io.quiver.langchain4j;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;

/** Where a store gets its connections: a pool of the application's, or a few of its own. */
interface ConnectionSource extends AutoCloseable {
  /** Work with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T run(Work<T> work) throws SQLException;

  @Override
  void close();

  /** One connection of the application's an operation. */
  static ConnectionSource of(DataSource dataSource) {
    return new ConnectionSource() {
      @Override
      public <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
          return work.with(connection);
        }
      }

      @Override
      public void close() {
        // The connections are the application's.
      }
    };
  }

  /** Connections of the store's own, kept while it is open. */
  static ConnectionSource of(String url) {
    // A database in memory without a name belongs to one connection; a store may need several.
    String shared = url.equals("jdbc:quiver::memory:") ? url + "store-" + UUID.randomUUID() : url;
    return new Kept(shared);
  }

  /**
   * As many connections as there were operations at once. They stay open between operations, and
   * with them a database in the process.
   */
  final class Kept implements ConnectionSource {
    private static final String BROKEN = "08";

    private final String url;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Kept(String url) {
      this.url = url;
    }

    @Override
    public <T> T run(Work<T> work) throws SQLException {
      if (closed) {
        throw new SQLException("The embedding store is closed", "08003");
      }
      Connection connection = idle.poll();
      if (connection == null) {
        connection = DriverManager.getConnection(url);
      }
      try {
        T result = work.with(connection);
        giveBack(connection);
        return result;
      } catch (SQLException e) {
        if (e.getSQLState() != null && e.getSQLState().startsWith(BROKEN)) {
          // The server is gone, or was: none of its connections is of use any more.
          discard(connection);
          discardIdle();
        } else {
          giveBack(connection);
        }
        throw e;
      } catch (RuntimeException e) {
        // A mistake of the caller's; with the last connection a database in memory would go too.
        giveBack(connection);
        throw e;
      } catch (Error e) {
        discard(connection);
        throw e;
      }
    }

    private void giveBack(Connection connection) {
      idle.push(connection);
      if (closed) {
        discardIdle();
      }
    }

    private void discardIdle() {
      for (Connection next = idle.poll(); next != null; next = idle.poll()) {
        discard(next);
      }
    }

    private static void discard(Connection connection) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is given up because it does not work; that it cannot say goodbye is no news.
      }
    }

    @Override
    public void close() {
      closed = true;
      discardIdle();
    }
  }
}
