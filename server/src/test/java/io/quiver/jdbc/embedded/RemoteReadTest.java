package io.quiver.jdbc.embedded;

import io.quiver.server.wire.OpenServer;
import java.sql.Connection;
import java.sql.DriverManager;

/** {@link ReadTest} over the wire. */
class RemoteReadTest extends ReadTest {
  private OpenServer server;

  @Override
  Connection connect(ScriptedRunner script) throws Exception {
    server = new OpenServer(script);
    return DriverManager.getConnection(server.url());
  }

  @Override
  void release() {
    server.close();
  }
}
