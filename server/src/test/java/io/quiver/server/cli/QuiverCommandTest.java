package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command line says of itself. */
class QuiverCommandTest {
  @Test
  void helpListsEveryCommand() {
    CommandRun run = CommandRun.of("help");
    assertThat(run.status()).isZero();
    assertThat(CommandRun.of("--help").out()).isEqualTo(run.out());
    for (String command :
        List.of(
            "sql",
            "import",
            "server",
            "check",
            "backup",
            "restore",
            "rag",
            "bench",
            "load",
            "classpath",
            "version",
            "help")) {
      assertThat(run.out()).containsPattern("(?m)^  " + command + " ");
      CommandRun help = CommandRun.of("help", command);
      assertThat(help.status()).as(command).isZero();
      assertThat(help.out()).contains("Usage: quiver " + command);
      assertThat(CommandRun.of(command, "--help").out()).as(command).isEqualTo(help.out());
    }
  }

  @Test
  void versionIsTheBuildsOwn() {
    CommandRun run = CommandRun.of("version");
    assertThat(run.status()).isZero();
    assertThat(run.out()).matches("Quiver \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? on Java 2[5-9].*\\R");
  }

  @Test
  void versionIsAnOptionToo() {
    assertThat(CommandRun.of("--version")).isEqualTo(CommandRun.of("version"));
  }

  @Test
  void whatIsNotInstalledSaysWhereItIs() {
    CommandRun run = CommandRun.of("rag", "--data", "texts");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualToNormalizingNewlines(
            """
            quiver rag is not part of this installation.
            Remedy: clone the sources and run bin/quiver rag there.
            """);
  }

  @Test
  void classPathIsPrinted() {
    assertThat(CommandRun.of("classpath").out().strip())
        .isEqualTo(System.getProperty("java.class.path"));
  }

  @Test
  void wrongCommandIsUsage() {
    CommandRun run = CommandRun.of("sqll");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .isEqualToNormalizingNewlines(
            "Unmatched argument at index 0: 'sqll'\nDid you mean: quiver sql?\n");
  }
}
