package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools learn of a real database before they send any SQL. */
class DatabaseMetaDataTest {
  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
    metaData = connection.getMetaData();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE docs (id BIGINT NOT NULL, part INTEGER NOT NULL, title VARCHAR(40) NOT NULL,
            price DECIMAL(8, 2), day DATE, tags VARCHAR ARRAY, about JSON, uid UUID,
            v VECTOR(4), s SPARSEVEC, m MULTIVECTOR(2), PRIMARY KEY (part, id))
          """);
      statement.execute("CREATE TABLE other_docs (id INTEGER PRIMARY KEY)");
      statement.execute("CREATE INDEX docs_title ON docs (title)");
      statement.execute("CREATE VIEW titles AS SELECT title FROM docs");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> found = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(rows.getString(column));
        }
        found.add(String.join(" ", values));
      }
    }
    return found;
  }

  @Test
  void tablesAndViews() throws SQLException {
    String[] columns = {"TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"};
    assertThat(rows(metaData.getTables(null, "public", "%", null), columns))
        .containsExactly(
            "null public docs TABLE", "null public other_docs TABLE", "null public titles VIEW");
    assertThat(
            rows(metaData.getTables(null, null, "other\\_docs", new String[] {"TABLE"}), columns))
        .containsExactly("null public other_docs TABLE");
    assertThat(rows(metaData.getTables(null, null, "%docs", new String[] {"VIEW"}), columns))
        .isEmpty();
    assertThat(rows(metaData.getSchemas(), "TABLE_SCHEM")).contains("public", "quiver");
    assertThat(rows(metaData.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    assertThat(rows(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
  }

  @Test
  void columnsWithTheirTypes() throws SQLException {
    assertThat(
            rows(
                metaData.getColumns(null, "public", "docs", "%"),
                "ORDINAL_POSITION",
                "COLUMN_NAME",
                "TYPE_NAME",
                "DATA_TYPE",
                "IS_NULLABLE"))
        .containsExactly(
            "1 id BIGINT " + Types.BIGINT + " NO",
            "2 part INTEGER " + Types.INTEGER + " NO",
            "3 title VARCHAR " + Types.VARCHAR + " NO",
            "4 price DECIMAL " + Types.DECIMAL + " YES",
            "5 day DATE " + Types.DATE + " YES",
            "6 tags VARCHAR ARRAY " + Types.ARRAY + " YES",
            "7 about JSON " + Types.VARCHAR + " YES",
            "8 uid UUID " + Types.OTHER + " YES",
            "9 v VECTOR " + Types.OTHER + " YES",
            "10 s SPARSEVEC " + Types.OTHER + " YES",
            "11 m MULTIVECTOR " + Types.OTHER + " YES");
    assertThat(
            rows(
                metaData.getColumns(null, null, "docs", "%i%e"),
                "COLUMN_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS"))
        .containsExactly("title 40 null", "price 8 2");
    assertThat(rows(metaData.getColumns(null, null, "docs", "v"), "COLUMN_SIZE"))
        .containsExactly("4");
  }

  @Test
  void columnsOfViews() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW \"two words\" AS SELECT id, price * 2 AS double_price, v FROM docs");
    }
    String[] columns = {
      "TABLE_NAME", "ORDINAL_POSITION", "COLUMN_NAME", "TYPE_NAME", "IS_NULLABLE"
    };
    assertThat(rows(metaData.getColumns(null, "public", "two words", "%"), columns))
        .containsExactly(
            "two words 1 id BIGINT NO",
            "two words 2 double_price DECIMAL YES",
            "two words 3 v VECTOR YES");
    assertThat(rows(metaData.getColumns(null, null, "t%", "title"), columns))
        .containsExactly("titles 1 title VARCHAR NO");
  }

  @Test
  void columnsThatFillThemselves() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE filled (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a INTEGER,
            twice INTEGER GENERATED ALWAYS AS (a * 2))
          """);
    }
    assertThat(
            rows(
                metaData.getColumns(null, null, "filled", "%"),
                "COLUMN_NAME",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN"))
        .containsExactly("id YES NO", "a NO NO", "twice NO YES");
  }

  @Test
  void keysAndIndexes() throws SQLException {
    assertThat(rows(metaData.getPrimaryKeys(null, "public", "docs"), "COLUMN_NAME", "KEY_SEQ"))
        .containsExactlyInAnyOrder("part 1", "id 2");
    assertThat(
            rows(
                metaData.getIndexInfo(null, "public", "docs", false, true),
                "INDEX_NAME",
                "COLUMN_NAME",
                "NON_UNIQUE"))
        .containsExactlyInAnyOrder(
            "docs_title title true", "docs_v_hnsw v true", "docs_s_inverted s true");
    // The key is no index with a name: getPrimaryKeys tells it.
    assertThat(rows(metaData.getIndexInfo(null, "public", "docs", true, true), "COLUMN_NAME"))
        .isEmpty();
    assertThat(rows(metaData.getImportedKeys(null, "public", "docs"), "PKCOLUMN_NAME")).isEmpty();
    assertThat(rows(metaData.getBestRowIdentifier(null, "public", "docs", 2, true), "COLUMN_NAME"))
        .containsExactlyInAnyOrder("part", "id");
  }

  @Test
  void typesAndFunctions() throws SQLException {
    assertThat(rows(metaData.getTypeInfo(), "TYPE_NAME"))
        .contains("BIGINT", "VARCHAR", "UUID", "JSON", "VECTOR", "SPARSEVEC", "MULTIVECTOR");
    assertThat(rows(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME", "FUNCTION_TYPE"))
        .map(String::toLowerCase)
        .contains(
            "vector_search " + DatabaseMetaData.functionReturnsTable,
            "sparse_match " + DatabaseMetaData.functionReturnsTable,
            "maxsim " + DatabaseMetaData.functionReturnsTable,
            "cosine_distance " + DatabaseMetaData.functionNoTable);
    assertThat(rows(metaData.getProcedures(null, null, "%"), "PROCEDURE_NAME")).isEmpty();
  }

  @Test
  void productAndWhatItCanDo() throws SQLException {
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Quiver");
    assertThat(metaData.getDatabaseProductVersion()).startsWith("0.1");
    assertThat(metaData.getDriverName()).containsIgnoringCase("quiver");
    assertThat(metaData.getURL()).isEqualTo("jdbc:quiver::memory:");
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.supportsBatchUpdates()).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY)).isTrue();
  }
}
