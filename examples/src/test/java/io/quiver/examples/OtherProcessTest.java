package io.quiver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded driver in processes that are started otherwise than ours, or at the same time. */
class OtherProcessTest {
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  @TempDir Path folder;

  @Test
  void withoutTheModuleItWorksAndSaysOnceWhatMakesItFast() throws Exception {
    ChildProcess child =
        ChildProcess.of(PlainJdbc.class, List.of(), "jdbc:quiver:" + folder.resolve("data"));
    assertThat(child.output())
        .contains("0.994 A cat on the sofa", "0.000 A log on the disk")
        .containsOnlyOnce(
            "Quiver searches WITHOUT SIMD, several times slower than it could: start Java with "
                + FLAG);
    assertThat(child.status()).isZero();
  }

  @Test
  void withTheModuleItSaysNothingOfIt() throws Exception {
    ChildProcess child =
        ChildProcess.of(
            PlainJdbc.class, List.of(FLAG.split(" ")), "jdbc:quiver:" + folder.resolve("data"));
    assertThat(child.output()).contains("0.994 A cat on the sofa").doesNotContain("SIMD");
    assertThat(child.status()).isZero();
  }

  @Test
  void directoryInUseIsRefusedToAnotherProcess() throws Exception {
    String url = "jdbc:quiver:" + folder.resolve("data");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (id INT PRIMARY KEY)");
      ChildProcess child = ChildProcess.of(PlainJdbc.class, List.of(FLAG.split(" ")), url);
      assertThat(child.status()).isEqualTo(1);
      assertThat(child.output())
          .contains("java.sql.SQL")
          .contains(folder.resolve("data").toString())
          .containsPattern("(?i)in use|is open|another process");
      try (ResultSet none = statement.executeQuery("SELECT COUNT(*) FROM mine")) {
        none.next();
        assertThat(none.getInt(1)).isZero();
      }
    }
    assertThat(ChildProcess.of(PlainJdbc.class, List.of(FLAG.split(" ")), url).status()).isZero();
  }
}
