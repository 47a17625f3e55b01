package io.quiver.sql.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quiver.sql.parser.StatementParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  private static final Path DOCS =
      Path.of(System.getProperty("quiver.root", "..")).resolve("docs/errors.md");

  @Test
  void numbersAreUniqueAndRise() {
    Set<Integer> numbers = new HashSet<>();
    int last = 0;
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(numbers.add(code.number())).as(code.name()).isTrue();
      assertThat(code.number()).as(code.name()).isGreaterThan(last);
      last = code.number();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTold(ErrorCode code) {
    assertThat(code.sqlState()).matches("[0-9A-Z]{5}");
    assertThat(code.label()).matches("QV-\\d{4}");
    assertThat(code.meaning()).endsWith(".").matches("[A-Z].*");
    assertThat(code.wrong()).isNotEqualTo(code.right());
  }

  @ParameterizedTest
  @EnumSource
  void rightExampleParses(ErrorCode code) {
    if (code.right().matches("[A-Z].*")) {
      assertThatCode(() -> new StatementParser().parse(code.right())).doesNotThrowAnyException();
    }
  }

  /** {@code -Dquiver.docs=apply} writes the page. */
  @Test
  void pageOfDocumentationIsCurrent() throws IOException {
    String page = ErrorPage.render();
    if ("apply".equals(System.getProperty("quiver.docs"))) {
      Files.createDirectories(DOCS.getParent());
      Files.writeString(DOCS, page);
    }
    assertThat(DOCS)
        .as("stale: run the tests of sql-frontend with -Dquiver.docs=apply")
        .exists()
        .hasContent(page);
  }
}
