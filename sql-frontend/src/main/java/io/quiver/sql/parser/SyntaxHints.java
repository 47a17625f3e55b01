package io.quiver.sql.parser;

import io.quiver.sql.parser.SqlTokens.Kind;
import io.quiver.sql.parser.SqlTokens.Token;
import io.quiver.sql.parser.generated.QuiverSqlParser;
import io.quiver.sql.problem.NearestName;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;

/** What to do about a word that is in the way: the mistakes people make, by what they look like. */
final class SyntaxHints {
  /** Words a clause begins with; one misspelt is easily taken for an alias. */
  private static final List<String> CLAUSE_WORDS =
      List.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "JOIN",
          "VALUES",
          "RETURNING",
          "QUALIFY",
          "PRIMARY",
          "INTO",
          "USING");

  /** Reserved words that hardly anybody means as a name. */
  private static final Set<String> STRUCTURE =
      Set.of("FROM", "WHERE", "VALUES", "SELECT", "AND", "OR", "JOIN", "ON", "AS", "IN", "BY");

  private static final Set<String> OPERATORS =
      Set.of("+", "-", "*", "/", "=", "<", ">", "<=", ">=", "<>", "||", "<->", "<=>", "<#>", "<+>");

  private static final Optional<String> NONE = Optional.empty();

  /** Only for asking it which words are reserved. */
  private static final SqlAbstractParserImpl.Metadata WORDS =
      new QuiverSqlParser(new StringReader("")).getMetadata();

  private SyntaxHints() {}

  /**
   * Advice.
   *
   * @param index of the token the advice is about
   */
  record Hint(int index, String remedy) {}

  /** Whether a word cannot name a column unless quoted. */
  static boolean isReserved(String word) {
    return WORDS.isReservedWord(word.toUpperCase(Locale.ROOT));
  }

  /** Advice about the token at this place of the list, where one of {@code expected} would do. */
  static Hint at(List<Token> tokens, int index, Set<String> expected) {
    Token token = tokens.get(index);
    Token before = index == 0 ? new Token(Kind.END, "", 1, 1) : tokens.get(index - 1);
    Optional<String> remedy =
        inHint(tokens, index)
            .or(() -> bySign(token, before))
            .or(() -> byForeignWord(tokens, index))
            .or(() -> byParentheses(tokens, index, expected));
    if (remedy.isPresent()) {
      return new Hint(index, remedy.get());
    }
    Optional<String> near = misspelt(token, expected);
    if (near.isPresent()) {
      return new Hint(index, "did you mean " + near.get() + "?");
    }
    near = misspelt(before, Set.copyOf(CLAUSE_WORDS));
    if (near.isPresent()) {
      return new Hint(index - 1, "did you mean " + near.get() + "?");
    }
    boolean reserved = token.kind() == Kind.WORD && isReserved(token.text());
    boolean onlyName = expected.equals(Set.of("a name"));
    if (reserved && expected.contains("a name") && (onlyName || !isStructure(token))) {
      return new Hint(index, reserved(token));
    }
    boolean beforeReserved = before.kind() == Kind.WORD && isReserved(before.text());
    if (beforeReserved && !isStructure(before) && isNameMeant(tokens, index - 1)) {
      return new Hint(index - 1, reserved(before));
    }
    if (expected.size() != 1 && OPERATORS.contains(before.text())) {
      return new Hint(index, "write an operand after " + before.text() + ".");
    }
    return new Hint(index, general(tokens, expected));
  }

  private static String general(List<Token> tokens, Set<String> expected) {
    if (expected.size() == 1) {
      return "write " + expected.iterator().next() + " here.";
    }
    String second = tokens.size() > 1 ? tokens.get(1).text() : "";
    return StatementForms.of(tokens.getFirst().text(), second)
        .map(form -> "the form is " + form + ".")
        .orElse("begin with SELECT, INSERT, CREATE or another statement of docs/sql.md.");
  }

  private static boolean isStructure(Token token) {
    return STRUCTURE.contains(token.text().toUpperCase(Locale.ROOT));
  }

  private static String reserved(Token token) {
    return token.text().toUpperCase(Locale.ROOT)
        + " is a reserved word; to use it as a name, write \""
        + token.text().toLowerCase(Locale.ROOT)
        + "\".";
  }

  /** After these a name follows, so a reserved word there was meant to be one. */
  private static boolean isNameMeant(List<Token> tokens, int index) {
    if (index == 0) {
      return false;
    }
    Token before = tokens.get(index - 1);
    return List.of("SELECT", "FROM", "INTO", "UPDATE", "TABLE", "BY", "WHERE", ",", ".", "(")
        .contains(before.text().toUpperCase(Locale.ROOT));
  }

  /** A hint's values are texts: {@code ANN(ef_search = 200)} wants quotes. */
  private static Optional<String> inHint(List<Token> tokens, int index) {
    if (index < 5 || !tokens.get(index - 1).is("=")) {
      return NONE;
    }
    int open = index - 1;
    while (open > 0 && !tokens.get(open).is("(")) {
      open--;
    }
    boolean hint = open >= 2 && tokens.get(open - 1).is("ANN");
    String name = tokens.get(index - 2).text();
    return hint
        ? Optional.of("put the value in quotes: " + name + " = '" + tokens.get(index).text() + "'.")
        : NONE;
  }

  private static Optional<String> bySign(Token token, Token before) {
    boolean afterComma = before.is(",");
    boolean ends =
        token.kind() == Kind.END
            || token.is(")")
            || (token.kind() == Kind.WORD && isReserved(token.text()));
    if (afterComma && ends) {
      return Optional.of("remove the comma before it, or write what should follow the comma.");
    }
    return switch (token.text()) {
      case "`" -> Optional.of("names are quoted with double quotes: \"name\".");
      case "@" -> Optional.of("write ? for a parameter.");
      case "@>", "<@", "&&", "@@" ->
          Optional.of("use ARRAY_CONTAINS, ARRAY_OVERLAP, JSON_EXISTS or SPARSE_MATCH.");
      case ":" -> before.is(":") ? NONE : Optional.of("write ? for a parameter.");
      case "->", "->>" ->
          Optional.of("read JSON with JSON_VALUE(column, '$.key'), or JSON_QUERY for objects.");
      case "[" -> Optional.of("write a vector as text, '[1, 2, 3]', or ARRAY[...] for an array.");
      case "=" -> before.is("=") ? Optional.of("compare with a single =.") : NONE;
      case "&" -> Optional.of("write AND.");
      case "|" -> Optional.of("write OR, or || to join texts.");
      case "!" -> Optional.of("write NOT, or <> for different.");
      default -> NONE;
    };
  }

  private static Optional<String> byForeignWord(List<Token> tokens, int index) {
    Token token = tokens.get(index);
    Token before = index == 0 ? token : tokens.get(index - 1);
    if (before.is("TOP") && token.kind() == Kind.NUMBER) {
      return Optional.of("write LIMIT " + token.text() + " at the end of the query.");
    }
    if (token.kind() != Kind.WORD) {
      return NONE;
    }
    boolean locks =
        isLock(token) && before.is("FOR")
            || token.is("FOR") && index + 1 < tokens.size() && isLock(tokens.get(index + 1));
    if (locks) {
      return Optional.of(
          "leave it out: a transaction reads a snapshot, and two that write one row conflict at"
              + " COMMIT.");
    }
    return switch (token.text().toUpperCase(Locale.ROOT)) {
      case "AUTO_INCREMENT", "AUTOINCREMENT" ->
          Optional.of("write GENERATED BY DEFAULT AS IDENTITY.");
      case "ENGINE", "CHARSET" ->
          Optional.of("remove it; options are written WITH (name = value).");
      case "TEMPORARY", "TEMP" -> Optional.of("create an ordinary table; none are temporary.");
      case "MATERIALIZED" -> Optional.of("write CREATE VIEW, or CREATE TABLE ... AS SELECT.");
      case "ON" ->
          before.is("DISTINCT")
              ? Optional.of(
                  "write QUALIFY ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...) = 1 at the end.")
              : NONE;
      default -> NONE;
    };
  }

  /** FOR UPDATE, FOR SHARE, FOR NO KEY UPDATE, FOR KEY SHARE. */
  private static boolean isLock(Token token) {
    return List.of("UPDATE", "SHARE", "NO", "KEY").contains(token.text().toUpperCase(Locale.ROOT));
  }

  private static Optional<String> byParentheses(
      List<Token> tokens, int index, Set<String> expected) {
    Token open = null;
    int depth = 0;
    for (int i = index - 1; i >= 0 && open == null; i--) {
      depth += tokens.get(i).is(")") ? 1 : tokens.get(i).is("(") ? -1 : 0;
      if (depth < 0) {
        open = tokens.get(i);
      }
    }
    if (open == null && tokens.get(index).is(")")) {
      return Optional.of("remove it; no parenthesis is open.");
    }
    if (open != null && tokens.get(index).kind() == Kind.END && expected.contains(")")) {
      return Optional.of(
          "close the parenthesis opened at line "
              + open.line()
              + ", column "
              + open.column()
              + ".");
    }
    return NONE;
  }

  private static Optional<String> misspelt(Token token, Set<String> words) {
    if (token.kind() != Kind.WORD || token.text().length() < 3 || isReserved(token.text())) {
      return NONE;
    }
    List<String> keywords =
        words.stream().filter(word -> word.chars().allMatch(Character::isUpperCase)).toList();
    return NearestName.of(token.text(), keywords);
  }
}
