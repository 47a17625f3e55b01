package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.sql.function.FunctionLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateFunctionTest {
  private static final String METHODS = CreateFunctionTest.class.getName() + "$Ranking";

  @TempDir Path directory;

  /** What an administrator put on the class path. */
  public static final class Library implements FunctionLibrary {
    @Override
    public Class<?> methods() {
      return Ranking.class;
    }
  }

  /** Its functions. */
  public static final class Ranking {
    private Ranking() {}

    public static double decay(double age, int half) {
      return Math.pow(0.5, age / half);
    }

    public static @Nullable String shout(@Nullable String text) {
      return text == null ? "nothing" : text.toUpperCase(java.util.Locale.ROOT);
    }

    public static float[] twice(float[] vector) {
      float[] sum = vector.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] *= 2;
      }
      return sum;
    }

    public static int fails(int n) {
      throw new IllegalStateException("no " + n);
    }

    public static Object odd() {
      return "";
    }
  }

  private static @Nullable String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aMethodOfALibraryIsAFunctionAndStaysOne() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + directory)) {
      run(connection, "CREATE FUNCTION decay AS '" + METHODS + ".decay'");
      run(connection, "CREATE OR REPLACE FUNCTION shout LANGUAGE java AS '" + METHODS + ".shout'");
      run(connection, "CREATE FUNCTION IF NOT EXISTS twice AS '" + METHODS + ".twice'");
      run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, age INTEGER, e VECTOR(2))");
      run(connection, "INSERT INTO t VALUES (1, 10, '[1, 2]'), (2, NULL, NULL)");
      assertThat(one(connection, "SELECT decay(age, 10) FROM t WHERE id = 1")).isEqualTo("0.5");
      assertThat(one(connection, "SELECT DECAY(age, 10) FROM t WHERE id = 2")).isNull();
      assertThat(one(connection, "SELECT shout(CAST(NULL AS VARCHAR))")).isEqualTo("nothing");
      assertThat(
              one(connection, "SELECT shout('a') || CAST(twice(e) AS VARCHAR) FROM t WHERE id = 1"))
          .isEqualTo("A[2.0,4.0]");
      assertThat(
              one(
                  connection,
                  "SELECT v.id FROM VECTOR_SEARCH('t', 'e', '[1, 0]', 5) v"
                      + " ORDER BY 0.7 * v.score + 0.3 * decay(v.age, 10) DESC"))
          .isEqualTo("1");
      try (PreparedStatement bound = connection.prepareStatement("SELECT decay(?, ?)")) {
        bound.setDouble(1, 20);
        bound.setInt(2, 10);
        try (ResultSet rows = bound.executeQuery()) {
          rows.next();
          assertThat(rows.getDouble(1)).isEqualTo(0.25);
        }
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + directory)) {
      assertThat(one(connection, "SELECT decay(10, 10)")).isEqualTo("0.5");
      run(connection, "CREATE VIEW fresh AS SELECT id, decay(age, 10) AS d FROM t");
      assertThatThrownBy(() -> run(connection, "DROP FUNCTION decay"))
          .hasMessageContaining("view public.fresh uses function decay");
      run(connection, "DROP VIEW fresh");
      run(connection, "DROP FUNCTION decay");
      run(connection, "DROP FUNCTION IF EXISTS decay");
      assertThatThrownBy(() -> one(connection, "SELECT decay(10, 10)"))
          .hasMessageContaining("QV-3006 FUNCTION_UNKNOWN (SQLSTATE 42883) at line 1, column 8");
    }
  }

  @Test
  void whatCannotBeAFunctionIsToldWhy() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      assertThatThrownBy(() -> run(connection, "CREATE FUNCTION f AS 'java.lang.System.exit'"))
          .hasMessage(
              """
              QV-3111 FUNCTION_INVALID (SQLSTATE 42P13) at line 1, column 17
                no library on the class path offers class "java.lang.System"
                CREATE FUNCTION f AS 'java.lang.System.exit'
                                ^
                Remedy: put a library of FunctionLibrary on the class path and name its method, as in\
               'com.acme.Ranking.decay'.\
              """);
      assertThatThrownBy(() -> run(connection, "CREATE FUNCTION f AS '" + METHODS + ".nothing'"))
          .hasMessageContaining("has no public static method \"nothing\"");
      assertThatThrownBy(() -> run(connection, "CREATE FUNCTION f AS '" + METHODS + ".odd'"))
          .hasMessageContaining("method odd has Object, which is no type of SQL here");
      assertThatThrownBy(() -> run(connection, "CREATE FUNCTION lower AS '" + METHODS + ".shout'"))
          .hasMessageContaining("there is a function \"lower\" already, which is built in");
      run(connection, "CREATE FUNCTION fails AS '" + METHODS + ".fails'");
      assertThatThrownBy(() -> run(connection, "CREATE FUNCTION fails AS '" + METHODS + ".fails'"))
          .hasMessageContaining("QV-3110 FUNCTION_EXISTS (SQLSTATE 42723)");
      assertThatThrownBy(() -> one(connection, "SELECT fails(3)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("38000"))
          .hasMessageContaining("function fails failed: java.lang.IllegalStateException: no 3");
      assertThatThrownBy(() -> one(connection, "SELECT fails('a', 1)"))
          .hasMessageContaining("Was expecting 1 arguments");
      assertThatThrownBy(() -> run(connection, "DROP FUNCTION f"))
          .hasMessageContaining("there is no function \"f\" that could be dropped");
    }
  }
}
