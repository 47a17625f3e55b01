package io.quiver.jdbc.testing;

import java.util.ServiceLoader;
import java.util.UUID;

/**
 * Where the databases of a test are: in the process, unless a service on the class path says
 * otherwise, such as that of a server. So one suite is run over both.
 */
public interface DatabaseUnderTest {
  /** The URL of a database by its name. It is empty when it is first asked for. */
  String url(String name);

  /** What the class path says. */
  static DatabaseUnderTest found() {
    return ServiceLoader.load(DatabaseUnderTest.class)
        .findFirst()
        .orElse(name -> "jdbc:quiver::memory:" + name);
  }

  /** The URL of a database of nobody else's. */
  static String ofItsOwn() {
    return found().url("own_" + UUID.randomUUID().toString().replace("-", ""));
  }
}
