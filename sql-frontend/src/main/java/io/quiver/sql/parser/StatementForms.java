package io.quiver.sql.parser;

import io.quiver.sql.problem.NearestName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The outline of each statement, by the word it begins with, for messages. */
final class StatementForms {
  private static final Map<String, String> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put(
        "SELECT", "SELECT items FROM tables WHERE condition GROUP BY ... ORDER BY ... LIMIT n");
    FORMS.put("INSERT", "INSERT INTO table (columns) VALUES (...), (...)");
    FORMS.put("UPSERT", "UPSERT INTO table (columns) VALUES (...), (...)");
    FORMS.put("UPDATE", "UPDATE table SET column = value WHERE condition");
    FORMS.put("DELETE", "DELETE FROM table WHERE condition");
    FORMS.put("MERGE", "MERGE INTO table USING source ON condition WHEN MATCHED THEN ...");
    FORMS.put("WITH", "WITH name AS (query) SELECT ...");
    FORMS.put("VALUES", "VALUES (...), (...)");
    FORMS.put("TABLE", "TABLE name");
    FORMS.put("CREATE", "CREATE TABLE, CREATE INDEX, CREATE VIEW or CREATE SCHEMA");
    FORMS.put("DROP", "DROP TABLE, DROP INDEX, DROP VIEW or DROP SCHEMA, with a name");
    FORMS.put("ALTER", "ALTER TABLE, ALTER INDEX, ALTER SESSION or ALTER SYSTEM");
    FORMS.put("TRUNCATE", "TRUNCATE TABLE name");
    FORMS.put("OPTIMIZE", "OPTIMIZE TABLE name");
    FORMS.put("REINDEX", "REINDEX INDEX name or REINDEX TABLE name");
    FORMS.put("COMMENT", "COMMENT ON TABLE name IS 'text'");
    FORMS.put("COPY", "COPY table FROM 'file' (FORMAT jsonl) or COPY table TO 'file'");
    FORMS.put("BACKUP", "BACKUP TO 'directory'");
    FORMS.put("GRANT", "GRANT SELECT, INSERT ON table TO user, or GRANT role TO user");
    FORMS.put("REVOKE", "REVOKE SELECT, INSERT ON table FROM user, or REVOKE role FROM user");
    FORMS.put("EXPLAIN", "EXPLAIN [ANALYZE] statement");
    FORMS.put("SET", "SET name = value");
    FORMS.put("RESET", "RESET name or RESET ALL");
    FORMS.put("SHOW", "SHOW name or SHOW ALL");
    FORMS.put("USE", "USE schema");
    FORMS.put("DESCRIBE", "DESCRIBE table");
    FORMS.put("BEGIN", "BEGIN");
    FORMS.put("START", "START TRANSACTION");
    FORMS.put("COMMIT", "COMMIT");
    FORMS.put("ROLLBACK", "ROLLBACK or ROLLBACK TO SAVEPOINT name");
    FORMS.put("SAVEPOINT", "SAVEPOINT name");
    FORMS.put("RELEASE", "RELEASE SAVEPOINT name");
    FORMS.put("CALL", "CALL procedure(...)");
  }

  private static final Map<String, String> LONGER =
      Map.ofEntries(
          Map.entry("CREATE TABLE", "CREATE TABLE name (column type, ..., PRIMARY KEY (column))"),
          Map.entry(
              "CREATE COLLECTION",
              "CREATE COLLECTION name (column type, ..., PRIMARY KEY (column))"),
          Map.entry(
              "CREATE INDEX",
              "CREATE INDEX name ON table USING method (column) WITH (option = value)"),
          Map.entry(
              "CREATE VECTOR", "CREATE VECTOR INDEX name ON table (column) WITH (option = value)"),
          Map.entry("CREATE VIEW", "CREATE VIEW name AS query"),
          Map.entry("CREATE SCHEMA", "CREATE SCHEMA name"),
          Map.entry("ALTER TABLE", "ALTER TABLE name ADD COLUMN column type"),
          Map.entry("ALTER INDEX", "ALTER INDEX name SET (option = value)"),
          Map.entry("ALTER SESSION", "ALTER SESSION SET name = value"),
          Map.entry("CREATE USER", "CREATE USER name PASSWORD 'text'"),
          Map.entry("CREATE ROLE", "CREATE ROLE name"),
          Map.entry(
              "CREATE API", "CREATE API KEY name FOR user READ ONLY ON table EXPIRES IN n DAYS"),
          Map.entry("CREATE POLICY", "CREATE POLICY name ON table TO role USING (condition)"),
          Map.entry("ALTER USER", "ALTER USER name PASSWORD 'text'"));

  private StatementForms() {}

  /** The outline of statements that begin with these two words, or with the first of them. */
  static Optional<String> of(String first, String second) {
    String one = first.toUpperCase(Locale.ROOT);
    String two = one + " " + second.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(LONGER.getOrDefault(two, FORMS.get(one)));
  }

  /** The word somebody probably meant a statement to begin with. */
  static Optional<String> nearest(String word) {
    return NearestName.of(word, FORMS.keySet());
  }
}
