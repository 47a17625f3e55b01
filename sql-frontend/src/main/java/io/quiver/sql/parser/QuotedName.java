package io.quiver.sql.parser;

/** A name as a statement writes it so that it means itself, whatever its letters. */
public final class QuotedName {
  private QuotedName() {}

  /** The name in double quotes. */
  public static String of(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
