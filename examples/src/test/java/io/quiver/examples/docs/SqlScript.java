package io.quiver.examples.docs;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script into statements at the semicolons that stand outside quotes and comments. */
final class SqlScript {
  private final String text;
  private int at;

  private SqlScript(String text) {
    this.text = text;
  }

  /** The statements with their comments, without the semicolons. */
  static List<String> statements(String script) {
    SqlScript reader = new SqlScript(script);
    List<String> statements = new ArrayList<>();
    int begin = 0;
    while (reader.at < script.length()) {
      if (script.charAt(reader.at) == ';') {
        statements.add(script.substring(begin, reader.at).strip());
        begin = reader.at + 1;
      }
      reader.step();
    }
    statements.add(script.substring(begin).strip());
    statements.removeIf(String::isEmpty);
    return statements;
  }

  /** Goes one character on, or over a whole quote or comment. */
  private void step() {
    if (text.startsWith("--", at)) {
      skipTo("\n", 2);
    } else if (text.startsWith("/*", at)) {
      skipTo("*/", 2);
    } else if (text.charAt(at) == '\'' || text.charAt(at) == '"') {
      skipTo(text.substring(at, at + 1), 1);
    } else {
      at++;
    }
  }

  private void skipTo(String end, int opening) {
    int found = text.indexOf(end, at + opening);
    at = found < 0 ? text.length() : found + end.length();
  }
}
