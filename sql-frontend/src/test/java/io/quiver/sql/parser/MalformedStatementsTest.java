package io.quiver.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quiver.sql.problem.SqlProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole message for each way to write a statement wrong, kept in {@code malformed.txt}; {@code
 * -Dquiver.expect=apply} writes it anew, for review in the diff.
 */
class MalformedStatementsTest {
  private static final Path FILE = Path.of("src/test/resources/io/quiver/sql/parser/malformed.txt");

  record Case(String statement, String message) {
    @Override
    public String toString() {
      return statement;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhereWhatAndWhatToDo(Case given) {
    assertThat(messageFor(given.statement())).isEqualTo(given.message());
  }

  @Test
  void rewritesExpectationsWhenAsked() throws IOException {
    if (!"apply".equals(System.getProperty("quiver.expect"))) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Case given : cases()) {
      text.append(given.statement().replace("\r", "\\r")).append("\n----\n");
      text.append(messageFor(given.statement())).append("\n====\n");
    }
    Files.writeString(FILE, text);
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String block : Files.readString(FILE).split("\n====\n")) {
      String[] parts = block.split("\n----\n", 2);
      cases.add(new Case(parts[0].replace("\\r", "\r"), parts[1]));
    }
    return cases;
  }

  private static String messageFor(String statement) {
    SqlProblemException problem =
        catchThrowableOfType(
            SqlProblemException.class, () -> new StatementParser().parse(statement));
    assertThat(problem).as("accepted: " + statement).isNotNull();
    return String.valueOf(problem.getMessage());
  }
}
