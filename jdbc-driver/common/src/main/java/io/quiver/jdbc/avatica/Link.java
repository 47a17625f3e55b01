package io.quiver.jdbc.avatica;

import java.sql.SQLException;

/** The way to a server, where a connection has one: its Meta implements this. */
public interface Link {
  /**
   * Whether the server answers for this connection, its session opened anew if it has none.
   *
   * @param timeoutSeconds to wait at most; 0 for as long as it takes
   */
  boolean answers(int timeoutSeconds);

  /** How long later calls wait for an answer, in milliseconds; 0 for as long as it takes. */
  void waitAtMost(int millis) throws SQLException;

  /** Lets go of the network at once; whoever waits on it fails. */
  void cut();
}
