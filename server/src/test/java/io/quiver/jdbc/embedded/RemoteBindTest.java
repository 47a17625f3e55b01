package io.quiver.jdbc.embedded;

import io.quiver.server.wire.OpenServer;
import java.sql.Connection;
import java.sql.DriverManager;

/** {@link BindTest} over the wire. */
class RemoteBindTest extends BindTest {
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
