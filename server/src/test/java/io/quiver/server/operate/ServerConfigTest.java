package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is told what to do. */
class ServerConfigTest {
  private static final String SERVER_COMMAND =
      "server/src/main/java/io/quiver/server/cli/ServerCommand.java";

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

  /** What can only be found by looking at files and sockets is told with all the rest. */
  @Test
  void filesAndPortsAreLookedAtToo() throws Exception {
    Path file = Files.writeString(directory.resolve("some.file"), " \n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () ->
                  ServerConfig.of(
                      Map.of(
                          "dir", file.toString(),
                          "port", String.valueOf(taken.getLocalPort()),
                          "tls_certificate", file.toString(),
                          "tls_key", file.toString(),
                          "admin_password_file", file.toString(),
                          "audit_log", directory.resolve("none/audit.log").toString(),
                          "backup_dir", file.toString(),
                          "max_running", "many"),
                      Map.of(),
                      Optional.empty()))
          .hasMessage(
              """
              The server cannot start:
                - max_running is many; it must be a number from 0 to 2147483647
                - dir is FILE, which is no directory
                - audit_log is FOLDER/none/audit.log, in a folder that cannot be written to
                - backup_dir is FILE, which is no directory
                - admin_password_file is FILE, which is empty
                - tls_certificate and tls_key cannot be used: FILE holds no certificate
                - port PORT of 127.0.0.1 cannot be listened on: Address already in use\
              """
                  .replace("FILE", file.toString())
                  .replace("FOLDER", directory.toString())
                  .replace("PORT", String.valueOf(taken.getLocalPort())));
    }
  }

  @Test
  void variablesThatAreNoOptionsAreFound() {
    assertThat(
            ServerConfig.unknownVariables(
                Map.of(
                    "QUIVER_MAX_CONECTIONS", "5",
                    "QUIVER_PORT", "1",
                    "QUIVER_JAVA_OPTS", "-Xmx1g",
                    "PATH", "/bin")))
        .containsExactly("QUIVER_MAX_CONECTIONS");
  }

  private static String file(String name) throws Exception {
    return Files.readString(Path.of(System.getProperty("quiver.root")).resolve(name));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  /** Each option, and nothing else; each flag, and each variable that bin/quiver reads. */
  @Test
  void thePageListsEveryOption() throws Exception {
    String page = file("docs/server.md");
    List<String> rows =
        Arrays.stream(ServerOption.values())
            .map(
                option ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            option.plainName(),
                            option.defaultValue().isEmpty()
                                ? ""
                                : "`" + option.defaultValue() + "`",
                            option.range(),
                            option.sentence()))
            .toList();
    String options = page.substring(page.indexOf("| option |"));
    assertThat(options.substring(0, options.indexOf("\n\n")).lines().skip(2).toList())
        .containsExactlyElementsOf(rows);
    assertThat(found("names = \"(--[a-z]+)\"", file(SERVER_COMMAND)))
        .hasSizeGreaterThan(5)
        .allSatisfy(flag -> assertThat(page).containsPattern("`" + flag + "[ `]"));
    assertThat(found("\\b(QUIVER_[A-Z_]+)", file("bin/quiver")))
        .contains("QUIVER_JAVA_HOME")
        .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"))
        .isSubsetOf(ServerConfig.OTHER_VARIABLES);
  }
}
