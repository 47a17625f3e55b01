package io.quiver.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the word by which a user names a database: a directory or a JDBC URL. */
public final class DatabaseArgument {
  private DatabaseArgument() {}

  /** Refuses a directory that is not there, where a database is not to be made. */
  static void checkExists(String urlOrDirectory) {
    boolean directory =
        !urlOrDirectory.startsWith("jdbc:") && !urlOrDirectory.startsWith("quiver:");
    if (directory && !Files.isDirectory(Path.of(urlOrDirectory))) {
      throw new CommandFailure("There is no directory " + urlOrDirectory);
    }
  }

  /** The JDBC URL of a database named by a URL or by its directory. */
  public static String url(String urlOrDirectory) {
    if (urlOrDirectory.startsWith("jdbc:")) {
      return urlOrDirectory;
    }
    if (urlOrDirectory.startsWith("quiver:")) {
      return "jdbc:" + urlOrDirectory;
    }
    if (urlOrDirectory.equals(":memory:")) {
      return "jdbc:quiver::memory:";
    }
    return "jdbc:quiver:" + Path.of(urlOrDirectory).toAbsolutePath().normalize();
  }
}
