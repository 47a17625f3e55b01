package io.quiver.planner.backup;

import io.quiver.planner.Session;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a session may put a backup: anywhere in the process that runs the database, and from the
 * network in one folder that the server was given, under a plain name.
 */
final class BackupPlace {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

  private BackupPlace() {}

  static Path of(Session session, String name, SqlPosition position) {
    Path place = named(session, name, position);
    if (isTaken(place)) {
      throw SqlProblem.at(
              ErrorCode.INPUT_OUTPUT,
              position,
              place + " is there already, and is no empty directory",
              "give one that is new or empty.")
          .asException();
    }
    return place;
  }

  private static boolean isTaken(Path place) {
    if (!Files.isDirectory(place)) {
      return Files.exists(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries.findAny().isPresent();
    } catch (IOException e) {
      // What cannot be listed cannot be written either, and that says why.
      return false;
    }
  }

  private static Path named(Session session, String name, SqlPosition position) {
    if (session.mayUseFiles()) {
      try {
        return Path.of(name).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        throw SqlProblem.at(
                ErrorCode.OPTION_INVALID,
                position,
                "'" + name + "' is no path: " + e.getReason(),
                "give a directory that is new or empty.")
            .asException();
      }
    }
    Optional<Path> folder = session.backupFolder();
    if (folder.isEmpty()) {
      throw SqlProblem.at(
              ErrorCode.PERMISSION_DENIED,
              position,
              "BACKUP writes files where the database runs, and this connection is remote",
              "start the server with backup_dir, the folder that backups go to.")
          .asException();
    }
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw SqlProblem.at(
              ErrorCode.PERMISSION_DENIED,
              position,
              "'" + name + "' is not a plain name, and backups go to the server's backup_dir alone",
              "give a name of letters, digits, dots, dashes and underscores.")
          .asException();
    }
    return folder.get().resolve(name);
  }
}
