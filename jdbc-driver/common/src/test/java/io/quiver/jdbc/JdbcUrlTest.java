package io.quiver.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {
  @Test
  void memoryIsPrivateOrNamed() throws SQLException {
    assertThat(JdbcUrl.parse("jdbc:quiver::memory:"))
        .isEqualTo(new JdbcUrl.Memory(Optional.empty(), Map.of()));
    assertThat(JdbcUrl.parse("jdbc:quiver::memory:shop?ef_search=200"))
        .isEqualTo(new JdbcUrl.Memory(Optional.of("shop"), Map.of("ef_search", "200")));
  }

  @Test
  void directoriesAreRelativeOrAbsolute() throws SQLException {
    assertThat(JdbcUrl.parse("jdbc:quiver:./data"))
        .isEqualTo(new JdbcUrl.Directory(Path.of("./data"), Map.of()));
    assertThat(JdbcUrl.parse("jdbc:quiver:/var/lib/quiver?schema=a%20b&User=me"))
        .isEqualTo(
            new JdbcUrl.Directory(
                Path.of("/var/lib/quiver"), Map.of("schema", "a b", "user", "me")));
    assertThat(JdbcUrl.parse("jdbc:quiver:~/data"))
        .isEqualTo(
            new JdbcUrl.Directory(Path.of(System.getProperty("user.home"), "data"), Map.of()));
  }

  @Test
  void serversHaveHostsPortsAndASchema() throws SQLException {
    assertThat(JdbcUrl.parse("jdbc:quiver://db.example:9000,[::1]/shop?a=1"))
        .isEqualTo(
            new JdbcUrl.Remote(
                List.of(new JdbcUrl.Host("db.example", 9000), new JdbcUrl.Host("[::1]", 8765)),
                Optional.of("shop"),
                Map.of("a", "1")));
    assertThat(JdbcUrl.parse("jdbc:quiver://localhost"))
        .isEqualTo(
            new JdbcUrl.Remote(
                List.of(new JdbcUrl.Host("localhost", 8765)), Optional.empty(), Map.of()));
  }

  @Test
  void badUrlsSayWhatIsWrong() {
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:quiver:"))
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasMessage(
            "Invalid URL jdbc:quiver:: it names no directory;"
                + " write jdbc:quiver:./data or jdbc:quiver::memory:");
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:quiver:///data"))
        .hasMessage(
            "Invalid URL jdbc:quiver:///data: it names no host after '//';"
                + " for a directory leave the two slashes out");
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:quiver://host:70000/"))
        .hasMessage(
            "Invalid URL jdbc:quiver://host:70000/: '70000' is not a port; ports are 1 to 65535");
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:quiver:./data?ef_search"))
        .hasMessage(
            "Invalid URL jdbc:quiver:./data?ef_search:"
                + " 'ef_search' is not of the form name=value");
  }

  @Test
  void theDriverRegistersItselfAndNamesTheMissingHalf() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:quiver:./data"))
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasMessage(
            "Cannot open a database in this process: the embedded half of the driver is not on the"
                + " class path. Add the artifact io.quiver:quiver-embedded (Java 25).");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:quiver://localhost"))
        .hasMessage(
            "Cannot connect to a server: the remote half of the driver is not on the class path."
                + " Add the artifact io.quiver:quiver-jdbc.");
  }

  @Test
  void otherUrlsAreLeftToOtherDrivers() throws SQLException {
    QuiverDriver driver = new QuiverDriver();
    assertThat(driver.acceptsURL("jdbc:quiver::memory:")).isTrue();
    assertThat(driver.acceptsURL("jdbc:h2:mem:")).isFalse();
    assertThat(driver.connect("jdbc:h2:mem:", null)).isNull();
    assertThat(driver.getMajorVersion()).isEqualTo(BuildVersion.current().major());
    assertThat(driver.getPropertyInfo("jdbc:quiver::memory:", null))
        .extracting(p -> p.name)
        .contains("user", "password", "schema");
  }
}
