package io.quiver.sql.problem;

import java.util.Locale;

/**
 * Every kind of mistake, numbered once and for ever.
 *
 * <p>A number is never used again for something else. {@code docs/errors.md} is made from this.
 */
public enum ErrorCode {
  // The text of a statement.
  SYNTAX_ERROR(
      1001,
      "42601",
      "The statement is not SQL as Quiver reads it.",
      "SELECT id FORM docs",
      "SELECT id FROM docs"),
  STATEMENT_EMPTY(
      1002, "42601", "There is no statement in the text.", "-- nothing but a comment", "SELECT 1"),
  SEVERAL_STATEMENTS(
      1003, "42601", "The text holds more than one statement.", "SELECT 1; SELECT 2", "SELECT 1"),
  STATEMENT_TOO_LONG(
      1004,
      "54000",
      "The text of the statement is longer than is read.",
      "a statement of 20 million characters, most of them vectors",
      "INSERT INTO docs (id, embedding) VALUES (?, ?)"),
  STATEMENT_TOO_DEEP(
      1005,
      "54001",
      "Expressions or sub-queries are nested too deeply.",
      "SELECT ((((… 1 …))))",
      "SELECT 1"),
  NOT_SUPPORTED(
      1006,
      "0A000",
      "Quiver reads this and cannot do it.",
      "CREATE TABLE a (b INT REFERENCES c (d))",
      "CREATE TABLE a (b INT)"),

  // Types and values.
  TYPE_UNKNOWN(
      2001,
      "42704",
      "No type has this name.",
      "CREATE TABLE docs (id INT PRIMARY KEY, v VEKTOR(3))",
      "CREATE TABLE docs (id INT PRIMARY KEY, v VECTOR(3))"),
  TYPE_ARGUMENT_INVALID(
      2002,
      "22023",
      "A type is given arguments that it does not take.",
      "CREATE TABLE docs (id INT PRIMARY KEY, v VECTOR(0))",
      "CREATE TABLE docs (id INT PRIMARY KEY, v VECTOR(768))"),
  TYPES_DIFFER(
      2003,
      "42804",
      "A value or expression has another type than is wanted here.",
      "SELECT id FROM docs WHERE year = TRUE",
      "SELECT id FROM docs WHERE year = 2024"),
  VALUE_INVALID(
      2004,
      "22P02",
      "A text does not read as a value of the type wanted.",
      "SELECT CAST('abc' AS INTEGER)",
      "SELECT CAST('12' AS INTEGER)"),
  VALUE_OUT_OF_RANGE(
      2005,
      "22003",
      "A number is too large or too small for its type.",
      "INSERT INTO docs (id) VALUES (99999999999999999999)",
      "INSERT INTO docs (id) VALUES (1)"),
  VALUE_TOO_LONG(
      2006,
      "22001",
      "A text or a byte string is longer than its column holds.",
      "INSERT INTO docs (lang) VALUES ('english, mostly') -- lang VARCHAR(5)",
      "INSERT INTO docs (lang) VALUES ('en')"),
  PARAMETER_COUNT(
      2007,
      "07001",
      "The number of parameters given differs from the number the statement has.",
      "SELECT id FROM docs WHERE id = ? -- executed without setting parameter 1",
      "SELECT id FROM docs WHERE id = 1"),
  PARAMETER_TYPE_UNKNOWN(
      2008,
      "42P18",
      "Nothing says what type a parameter has.",
      "SELECT ?",
      "SELECT CAST(? AS INTEGER)"),
  DIVISION_BY_ZERO(
      2009, "22012", "A division by zero.", "SELECT 1 / 0", "SELECT 1 / NULLIF(n, 0) FROM docs"),
  FUNCTION_ARGUMENT_INVALID(
      2010,
      "22023",
      "An argument of a function has a value that it cannot have.",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 0)",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10)"),
  METRIC_UNKNOWN(
      2011,
      "22023",
      "No metric has this name.",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10, 'manhatten')",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10, 'l1')"),
  LOGARITHM_UNDEFINED(
      2012,
      "2201E",
      "A logarithm of zero or of a negative number.",
      "SELECT LN(0)",
      "SELECT LN(NULLIF(n, 0)) FROM docs"),
  POWER_UNDEFINED(
      2013,
      "2201F",
      "A root or power that is no real number.",
      "SELECT SQRT(-1)",
      "SELECT SQRT(ABS(n)) FROM docs"),
  OPERAND_NOT_VECTOR(
      2200,
      "42804",
      "A vector is wanted where something else is given.",
      "SELECT title <-> '[1, 2]' FROM docs",
      "SELECT embedding <-> '[1, 2]' FROM docs"),
  VECTOR_MALFORMED(
      2201,
      "22P02",
      "A text does not read as a vector.",
      "SELECT id FROM docs ORDER BY embedding <-> '[1, 2' LIMIT 5",
      "SELECT id FROM docs ORDER BY embedding <-> '[1, 2]' LIMIT 5"),
  VECTOR_NOT_FINITE(
      2202,
      "22000",
      "A component of a vector is NaN or infinite.",
      "INSERT INTO docs (id, embedding) VALUES (1, '[NaN, 1]')",
      "INSERT INTO docs (id, embedding) VALUES (1, '[0, 1]')"),
  VECTOR_DIMENSIONS_DIFFER(
      2203,
      "22000",
      "A vector has another number of dimensions than its column or its partner.",
      "INSERT INTO docs (id, embedding) VALUES (1, '[1, 2, 3]') -- embedding VECTOR(2)",
      "INSERT INTO docs (id, embedding) VALUES (1, '[1, 2]')"),
  ZERO_VECTOR(
      2204,
      "22000",
      "A vector of zeros has no direction, so the cosine distance to it does not exist.",
      "INSERT INTO docs (id, embedding) VALUES (1, '[0, 0]')",
      "INSERT INTO docs (id, embedding) VALUES (1, NULL)"),
  VECTOR_ELEMENT_OUT_OF_RANGE(
      2205,
      "22003",
      "A component does not fit the element type of its column.",
      "INSERT INTO docs (id, small) VALUES (1, '[300, 1]') -- small VECTOR(2, INT8)",
      "INSERT INTO docs (id, small) VALUES (1, '[127, 1]')"),
  SPARSE_VECTOR_INVALID(
      2206,
      "22000",
      "A sparse vector names a term twice, or one that its column does not have.",
      "INSERT INTO docs (id, sparse) VALUES (1, '{1:0.5,1:0.7}/100')",
      "INSERT INTO docs (id, sparse) VALUES (1, '{1:0.5,2:0.7}/100')"),
  SEARCH_UNBOUNDED(
      2207,
      "42601",
      "A search says neither how many rows it wants nor how far they may be.",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?)",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10)"),
  COLUMN_NOT_SEARCHABLE(
      2208,
      "42804",
      "A search is told to search a column of another type.",
      "SELECT id FROM SPARSE_MATCH('docs', 'embedding', ?, 10) -- embedding VECTOR(768)",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10)"),
  SEARCH_COLUMN_UNCLEAR(
      2209,
      "42702",
      "A search is not told which of several columns to search.",
      "SELECT id FROM VECTOR_SEARCH(data => TABLE docs, query => ?, top_k => 10)",
      "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, 10)"),
  JSON_INVALID(
      2301,
      "22032",
      "A text is not JSON.",
      "INSERT INTO docs (id, metadata) VALUES (1, '{a:1}')",
      "INSERT INTO docs (id, metadata) VALUES (1, '{\"a\":1}')"),
  JSON_PATH_INVALID(
      2302,
      "2203C",
      "A JSON path cannot be read.",
      "SELECT JSON_VALUE(metadata, 'year') FROM docs",
      "SELECT JSON_VALUE(metadata, '$.year') FROM docs"),

  // Names and definitions.
  TABLE_UNKNOWN(
      3001,
      "42P01",
      "No table or view has this name.",
      "SELECT id FROM dosc",
      "SELECT id FROM docs"),
  COLUMN_UNKNOWN(
      3002,
      "42703",
      "No column in reach has this name.",
      "SELECT titel FROM docs",
      "SELECT title FROM docs"),
  COLUMN_AMBIGUOUS(
      3003,
      "42702",
      "Several tables in reach have a column of this name.",
      "SELECT id FROM docs, authors",
      "SELECT docs.id FROM docs, authors"),
  SCHEMA_UNKNOWN(3004, "3F000", "No schema has this name.", "USE libary", "USE library"),
  INDEX_UNKNOWN(
      3005,
      "42704",
      "No index has this name.",
      "DROP INDEX docs_embeding_hnsw",
      "DROP INDEX docs_embedding_hnsw"),
  FUNCTION_UNKNOWN(
      3006,
      "42883",
      "No function of this name takes such arguments.",
      "SELECT cosine_distanze(embedding, ?) FROM docs",
      "SELECT cosine_distance(embedding, ?) FROM docs"),
  CONSTRAINT_UNKNOWN(
      3007,
      "42704",
      "The table has no constraint of this name.",
      "ALTER TABLE docs DROP CONSTRAINT docs_titel_key",
      "ALTER TABLE docs DROP CONSTRAINT docs_title_key"),
  SETTING_UNKNOWN(
      3008, "42704", "No setting has this name.", "SET ef_serach = 80", "SET ef_search = 80"),
  SETTING_INVALID(
      3009,
      "22023",
      "A setting cannot have this value.",
      "SET ef_search = 'many'",
      "SET ef_search = 80"),
  OPTION_UNKNOWN(
      3010,
      "42704",
      "No option of this statement has this name.",
      "CREATE INDEX ON docs (embedding) WITH (links = 16)",
      "CREATE INDEX ON docs (embedding) WITH (m = 16)"),
  OPTION_INVALID(
      3011,
      "22023",
      "An option cannot have this value.",
      "CREATE INDEX ON docs (embedding) WITH (m = 1000)",
      "CREATE INDEX ON docs (embedding) WITH (m = 16)"),
  OBJECT_KIND_WRONG(
      3012,
      "42809",
      "The name belongs to something of another kind.",
      "DROP TABLE recent_docs -- a view",
      "DROP VIEW recent_docs"),
  TABLE_EXISTS(
      3101,
      "42P07",
      "There is a table or view of this name.",
      "CREATE TABLE docs (id INT PRIMARY KEY)",
      "CREATE TABLE IF NOT EXISTS docs (id INT PRIMARY KEY)"),
  COLUMN_EXISTS(
      3102,
      "42701",
      "The same column name stands twice.",
      "CREATE TABLE docs (id INT PRIMARY KEY, id TEXT)",
      "CREATE TABLE docs (id INT PRIMARY KEY, title TEXT)"),
  SCHEMA_EXISTS(
      3103,
      "42P06",
      "There is a schema of this name.",
      "CREATE SCHEMA public",
      "CREATE SCHEMA IF NOT EXISTS public"),
  INDEX_EXISTS(
      3104,
      "42P07",
      "There is an index of this name, or one of the same kind over the same column.",
      "CREATE INDEX docs_lang ON docs (lang)",
      "CREATE INDEX IF NOT EXISTS docs_lang ON docs (lang)"),
  SCHEMA_NOT_EMPTY(
      3105,
      "2BP01",
      "The schema still holds tables or views.",
      "DROP SCHEMA library",
      "DROP SCHEMA library CASCADE"),
  DEFINITION_IN_USE(
      3106,
      "2BP01",
      "Something else is defined in terms of this.",
      "ALTER TABLE docs DROP COLUMN lang -- an index is over it",
      "DROP INDEX docs_lang"),
  TABLE_INVALID(
      3107,
      "42P16",
      "A table cannot be made of these parts.",
      "CREATE TABLE docs (v VECTOR(3) PRIMARY KEY)",
      "CREATE TABLE docs (id INT PRIMARY KEY, v VECTOR(3))"),
  INDEX_INVALID(
      3108,
      "42P17",
      "An index of this kind cannot be over this column.",
      "CREATE INDEX ON docs USING HNSW (title)",
      "CREATE INDEX ON docs USING HNSW (embedding)"),
  VIEW_INVALID(
      3109,
      "42P17",
      "A view cannot be made of this query.",
      "CREATE VIEW v AS SELECT id FROM docs WHERE lang = ?",
      "CREATE VIEW v AS SELECT id FROM docs WHERE lang = 'en'"),
  FUNCTION_EXISTS(
      3110,
      "42723",
      "There is a function of this name.",
      "CREATE FUNCTION lower AS 'com.acme.Ranking.lower'",
      "CREATE OR REPLACE FUNCTION decay AS 'com.acme.Ranking.decay'"),
  FUNCTION_INVALID(
      3111,
      "42P13",
      "No library on the class path has a method that can be this function.",
      "CREATE FUNCTION decay AS 'com.acme.Rankin.decay'",
      "CREATE FUNCTION decay AS 'com.acme.Ranking.decay'"),
  GROUPING_WRONG(
      3201,
      "42803",
      "A column is neither grouped by nor inside an aggregate.",
      "SELECT lang, title FROM docs GROUP BY lang",
      "SELECT lang, count(*) FROM docs GROUP BY lang"),
  QUERY_INVALID(
      3202,
      "42000",
      "The parts of the query do not fit together.",
      "SELECT id FROM docs UNION SELECT id, title FROM docs",
      "SELECT id FROM docs UNION SELECT author_id FROM authors"),
  FUNCTION_FAILED(
      3203,
      "38000",
      "A function of a library failed.",
      "SELECT decay(NULL)",
      "SELECT decay(age) FROM docs WHERE age IS NOT NULL"),

  // Rows.
  NULL_NOT_ALLOWED(
      4001,
      "23502",
      "A column that must have a value got none.",
      "INSERT INTO docs (id) VALUES (NULL)",
      "INSERT INTO docs (id) VALUES (1)"),
  KEY_EXISTS(
      4002,
      "23505",
      "There is a row with this primary key.",
      "INSERT INTO docs (id) VALUES (1) -- twice",
      "INSERT INTO docs (id) VALUES (1) ON CONFLICT (id) DO NOTHING"),
  UNIQUE_VIOLATED(
      4003,
      "23505",
      "Another row has the same values in columns that must be unique.",
      "INSERT INTO docs (id, url) VALUES (2, 'a') -- row 1 has it",
      "INSERT INTO docs (id, url) VALUES (2, 'b')"),
  CHECK_VIOLATED(
      4004,
      "23514",
      "A row does not meet a condition of its table.",
      "INSERT INTO docs (id, year) VALUES (1, -5) -- CHECK (year > 0)",
      "INSERT INTO docs (id, year) VALUES (1, 2024)"),
  ROW_WIDTH_DIFFERS(
      4005,
      "42601",
      "A row has another number of values than there are columns.",
      "INSERT INTO docs (id, title) VALUES (1)",
      "INSERT INTO docs (id, title) VALUES (1, 'a')"),
  CONFLICT_TARGET_UNKNOWN(
      4006,
      "42P10",
      "ON CONFLICT names columns that are no key.",
      "INSERT INTO docs (id) VALUES (1) ON CONFLICT (lang) DO NOTHING",
      "INSERT INTO docs (id) VALUES (1) ON CONFLICT (id) DO NOTHING"),
  ROW_CHANGED_TWICE(
      4007,
      "21000",
      "One statement would write the same row twice.",
      "INSERT INTO docs (id, n) VALUES (1, 2), (1, 3) ON CONFLICT (id) DO UPDATE SET n ="
          + " EXCLUDED.n",
      "INSERT INTO docs (id, n) VALUES (1, 3) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n"),
  SUBQUERY_ROWS(
      4008,
      "21000",
      "A sub-query used as a value gives more than one row.",
      "SELECT (SELECT id FROM docs)",
      "SELECT (SELECT max(id) FROM docs)"),
  IDENTITY_GIVEN(
      4009,
      "428C9",
      "A column that is always numbered by the database is given a value.",
      "INSERT INTO docs (id) VALUES (7) -- id GENERATED ALWAYS AS IDENTITY",
      "INSERT INTO docs (title) VALUES ('a')"),

  // Sessions and transactions.
  WRITE_CONFLICT(
      5001,
      "40001",
      "Another transaction has changed the same rows since this one began.",
      "two transactions that update row 1; the second to commit",
      "UPDATE docs SET n = n + 1 WHERE id = 1"),
  TRANSACTION_NONE(
      5002, "25P01", "No transaction is open.", "SAVEPOINT a -- with autocommit on", "BEGIN"),
  TRANSACTION_OPEN(
      5003,
      "25001",
      "A transaction is open, and this cannot be part of one.",
      "BEGIN -- twice",
      "COMMIT"),
  TRANSACTION_READ_ONLY(
      5004,
      "25006",
      "The transaction only reads.",
      "BEGIN READ ONLY; then DELETE FROM docs",
      "BEGIN READ WRITE"),
  SAVEPOINT_UNKNOWN(5005, "3B001", "No savepoint has this name.", "ROLLBACK TO b", "ROLLBACK TO a"),
  STATEMENT_CANCELLED(
      5006,
      "57014",
      "The statement was cancelled, or ran longer than it was allowed to.",
      "SELECT count(*) FROM docs a, docs b, docs c -- with a query timeout of 1 s",
      "SELECT count(*) FROM docs"),
  CONNECTION_CLOSED(
      5007,
      "08003",
      "The connection is closed.",
      "a statement on a connection that was closed",
      "SELECT 1"),
  URL_INVALID(
      5008,
      "08001",
      "The JDBC URL or one of its properties cannot be read.",
      "jdbc:quiver:./data?ef_serach=80",
      "jdbc:quiver:./data?ef_search=80"),
  PERMISSION_DENIED(
      5009,
      "42501",
      "The user may not do this.",
      "DROP TABLE docs -- as a user who may only read",
      "SELECT id FROM docs"),

  // Files and resources.
  NOT_A_DATABASE(
      6001,
      "58000",
      "The directory holds something other than a database.",
      "jdbc:quiver:/etc",
      "jdbc:quiver:./data"),
  FORMAT_UNKNOWN(
      6002,
      "58000",
      "The database was written by a newer Quiver.",
      "an older Quiver opening a directory of a newer one",
      "jdbc:quiver:./data"),
  DATA_CORRUPT(
      6003,
      "XX001",
      "A file of the database does not hold what was written to it.",
      "a file changed by something other than Quiver",
      "restore the directory from a backup"),
  DATABASE_IN_USE(
      6004,
      "55006",
      "Another process has the database open.",
      "two processes opening ./data",
      "jdbc:quiver://host:8765, with a server that has ./data open"),
  DISK_FULL(
      6005,
      "53100",
      "There is no room for what was to be written.",
      "an INSERT on a full disk",
      "DELETE FROM docs WHERE year < 2000"),
  INPUT_OUTPUT(
      6006,
      "58030",
      "A file could not be read or written.",
      "a directory that the process may not write to",
      "a directory that it may"),
  MEMORY_EXHAUSTED(
      6007,
      "53200",
      "The statement needs more memory than there is.",
      "SELECT * FROM docs a, docs b ORDER BY 1 -- with millions of rows",
      "SELECT * FROM docs ORDER BY id LIMIT 100"),
  LIMIT_EXCEEDED(
      6008,
      "54000",
      "More was asked for than a limit of the server allows.",
      "SELECT * FROM docs -- with gigabytes of vectors",
      "SELECT id, title FROM docs LIMIT 1000"),
  FILE_UNKNOWN(
      6101,
      "58P01",
      "The file to import is not there, or may not be read.",
      "COPY docs FROM 'dosc.jsonl'",
      "COPY docs FROM 'docs.jsonl'"),
  FILE_ROW_INVALID(
      6102,
      "22P04",
      "A row of the imported file cannot be read.",
      "COPY docs FROM 'docs.csv' (FORMAT jsonl)",
      "COPY docs FROM 'docs.csv' (FORMAT csv)"),

  // Ours.
  // Users and their rights.
  PRIVILEGE_MISSING(
      7001,
      "42501",
      "The user may not do this.",
      "DELETE FROM docs -- by a user who may only read",
      "SELECT id FROM docs"),
  USER_UNKNOWN(
      7002,
      "42704",
      "No user, role, key or policy has this name.",
      "GRANT SELECT ON docs TO alcie",
      "GRANT SELECT ON docs TO alice"),
  USER_EXISTS(
      7003,
      "42710",
      "There is a user, role, key or policy of this name already.",
      "CREATE USER alice -- a second time",
      "CREATE USER IF NOT EXISTS alice"),
  PASSWORD_WEAK(
      7004,
      "28P01",
      "The password is too short.",
      "CREATE USER alice PASSWORD 'abc'",
      "CREATE USER alice PASSWORD 'two rivers meet'"),
  ROW_NOT_ALLOWED(
      7005,
      "42501",
      "A row is written that the policies of its table do not let this user see.",
      "INSERT INTO docs (id, tenant) VALUES (1, 'other')",
      "INSERT INTO docs (id, tenant) VALUES (1, CURRENT_USER)"),
  INTERNAL_ERROR(
      9001,
      "XX000",
      "Quiver made a mistake; please report it with the statement.",
      "none of yours",
      "SELECT 1");

  private final int number;
  private final String sqlState;
  private final String meaning;
  private final String wrong;
  private final String right;

  ErrorCode(int number, String sqlState, String meaning, String wrong, String right) {
    this.number = number;
    this.sqlState = sqlState;
    this.meaning = meaning;
    this.wrong = wrong;
    this.right = right;
  }

  /** The stable number. */
  public int number() {
    return number;
  }

  /** The number as users see it, such as {@code QV-1001}. */
  public String label() {
    return String.format(Locale.ROOT, "QV-%04d", number);
  }

  /** The five characters JDBC reports. */
  public String sqlState() {
    return sqlState;
  }

  /** What it means, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** A statement or a situation that gives it. */
  public String wrong() {
    return wrong;
  }

  /** How it should have been. */
  public String right() {
    return right;
  }
}
