package io.quiver.jdbc.embedded;

import io.quiver.server.wire.OpenServer;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;

/** {@link NoRuntimeExceptionTest} over the wire. */
class RemoteNoRuntimeExceptionTest extends NoRuntimeExceptionTest {
  private OpenServer server;

  @Override
  Connection connect(ScriptedRunner script) throws Exception {
    server = new OpenServer(script);
    return DriverManager.getConnection(server.url());
  }

  @Override
  @AfterEach
  void release() {
    server.close();
  }
}
