package io.quiver.sql.problem;

/** The page {@code docs/errors.md}, made from the codes. */
final class ErrorPage {
  private ErrorPage() {}

  static String render() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Errors

        Every mistake that Quiver reports has a number that never changes, the SQLSTATE that JDBC
        gives, the place in the statement, and a remedy:

        ```
        QV-1001 SYNTAX_ERROR (SQLSTATE 42601) at line 1, column 11
          unexpected "docs"
          SELECT id FORM docs
                    ^^^^
          Remedy: did you mean FROM?
        ```

        (This page is made from `ErrorCode` by `ErrorCodeTest`; change it there.)
        """);
    for (ErrorCode code : ErrorCode.values()) {
      page.append("\n## ").append(code.label()).append(' ').append(code.name()).append('\n');
      page.append("\nSQLSTATE `").append(code.sqlState()).append("`. ").append(code.meaning());
      page.append("\n\n| | |\n|---|---|\n");
      page.append("| wrong | ").append(cell(code.wrong())).append(" |\n");
      page.append("| right | ").append(cell(code.right())).append(" |\n");
    }
    return page.toString();
  }

  private static String cell(String example) {
    return "`" + example.replace("|", "\\|") + "`";
  }
}
