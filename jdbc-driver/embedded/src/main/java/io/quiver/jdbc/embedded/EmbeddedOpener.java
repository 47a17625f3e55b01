package io.quiver.jdbc.embedded;

import io.quiver.jdbc.ConnectionOpener;
import io.quiver.jdbc.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Opens databases in this process: {@code jdbc:quiver:DIRECTORY} and {@code :memory:}. */
public final class EmbeddedOpener implements ConnectionOpener {
  @Override
  public boolean opens(JdbcUrl url) {
    return !(url instanceof JdbcUrl.Remote);
  }

  @Override
  public Connection open(JdbcUrl url, String text, Map<String, String> properties)
      throws SQLException {
    QuiverDatabase database =
        switch (url) {
          case JdbcUrl.Directory directory -> QuiverDatabase.open(directory.path());
          case JdbcUrl.Memory memory ->
              memory.name().isPresent()
                  ? QuiverDatabase.inMemory(memory.name().get())
                  : QuiverDatabase.inMemory();
          case JdbcUrl.Remote remote -> throw new IllegalArgumentException(text);
        };
    // The connection holds a reference of its own from here on.
    try (database) {
      return database.connect(text, properties);
    }
  }
}
