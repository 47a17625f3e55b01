package io.quiver.server.access;

import io.quiver.planner.SessionLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of a server may be used at once.
 *
 * @param mostConnections of all users
 * @param mostConnectionsOfUser of one user
 * @param mostStatements open on one connection
 * @param mostRunning statements at the same time
 * @param mostRunningOfUser of one user, waiting ones among them
 * @param mostWaiting statements that wait for one of those to end
 * @param longestWait of such a statement
 * @param statementTimeout of a statement whose session says nothing else; 0 for none
 * @param idleConnection after which a connection that asks nothing is closed
 * @param ofStatement what one statement may take
 * @param backupFolder that backups go to
 */
public record ServerLimits(
    int mostConnections,
    int mostConnectionsOfUser,
    int mostStatements,
    int mostRunning,
    int mostRunningOfUser,
    int mostWaiting,
    Duration longestWait,
    Duration statementTimeout,
    Duration idleConnection,
    SessionLimits ofStatement,
    Optional<Path> backupFolder) {
  /** Good for most. */
  public static ServerLimits defaults() {
    return new ServerLimits(
        1_024,
        256,
        1_000,
        4 * Runtime.getRuntime().availableProcessors(),
        Integer.MAX_VALUE,
        100,
        Duration.ofSeconds(5),
        Duration.ZERO,
        Duration.ofMinutes(60),
        SessionLimits.NONE,
        Optional.empty());
  }
}
