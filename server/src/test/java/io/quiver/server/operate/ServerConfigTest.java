package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is told what to do. */
class ServerConfigTest {
  @TempDir Path directory;

  @Test
  void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Path file = Files.writeString(directory.resolve("quiver.conf"), "port = 1\nhost = 127.0.0.3\n");
    ServerConfig config =
        ServerConfig.of(
            Map.of("dir", "a"), Map.of("QUIVER_DIR", "b", "QUIVER_PORT", "2"), Optional.of(file));
    assertThat(config.text(ServerOption.DIR)).isEqualTo("a");
    assertThat(config.text(ServerOption.PORT)).isEqualTo("2");
    assertThat(config.text(ServerOption.HOST)).isEqualTo("127.0.0.3");
    assertThat(config.number(ServerOption.MAX_CONNECTIONS)).isEqualTo(1024);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                ServerConfig.of(
                    Map.of(
                        "port", "99999",
                        "host", "0.0.0.0",
                        "tls_key", "/nowhere",
                        "max_conections", "5"),
                    Map.of(),
                    Optional.empty()))
        .hasMessage(
            """
            The server cannot start:
              - there is no option max_conections
              - port is 99999; it must be a number from 0 to 65535
              - tls_certificate and tls_key are given together or not at all
              - tls_key is /nowhere, which cannot be read
              - host 0.0.0.0 is reached by others, and there is no TLS: give tls_certificate and \
            tls_key, or --insecure to send passwords and data in the clear\
            """);
  }

  @Test
  void insecureIsWrittenOut() throws Exception {
    assertThat(
            ServerConfig.of(
                    Map.of("host", "0.0.0.0", "insecure", "true"), Map.of(), Optional.empty())
                .hasTls())
        .isFalse();
  }

  @Test
  void thePageListsEveryOption() throws Exception {
    String page = Files.readString(Path.of(System.getProperty("quiver.root"), "docs", "server.md"));
    for (ServerOption option : ServerOption.values()) {
      assertThat(page)
          .contains(
              "| `%s` | %s | %s | %s |"
                  .formatted(
                      option.plainName(),
                      option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`",
                      option.range(),
                      option.sentence()));
    }
  }
}
