package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words from other shells, and what they are not to be found in. */
class ShellWordsTest {
  @ParameterizedTest
  @CsvSource({
    "exit, !quit",
    "'QUIT; ', !quit",
    "\\q, !quit",
    "help, !help",
    "\\d, !tables",
    "SELECT 1;, SELECT 1;",
    "SELECT exit, SELECT exit",
    "!tables, !tables"
  })
  void onlyAWholeLineIsTranslated(String typed, String command) {
    assertThat(ShellWords.translated(typed)).isEqualTo(command);
  }
}
