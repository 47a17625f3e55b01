package io.quiver.jdbc.slt;

import io.quiver.jdbc.embedded.QuiverDatabase;
import io.quiver.server.wire.OpenServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Every file of SQL, over the wire. */
class RemoteSqlFilesTest extends SqlFilesTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  List<Mode> modes() {
    return List.of(Mode.MEMORY);
  }

  @Override
  String url(Path file, Mode mode) throws SQLException {
    QuiverDatabase database = QuiverDatabase.inMemory();
    open.add(database);
    try {
      OpenServer server = new OpenServer(database.runner());
      open.add(0, server);
      return server.url();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
  }
}
