package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls every method of JDBC with nothing in its hands: an answer or an SQLException, no more. */
class NoRuntimeExceptionTest {
  /** They end the object, or wait for another. */
  private static final Set<String> LEFT_OUT =
      Set.of("close", "abort", "wait", "notify", "notifyAll", "beginRequest", "endRequest");

  private final ScriptedRunner runner = new ScriptedRunner();
  private Connection connection;

  /** A connection to a database that runs statements so; another half of the driver has its own. */
  Connection connect(ScriptedRunner script) throws Exception {
    return new QuiverDatabase(null, new DatabaseParts(script, () -> {})).connect();
  }

  @BeforeEach
  void open() throws Exception {
    for (String table :
        List.of(
            "tables:table_schema, table_name, table_type, remarks",
            "columns:table_schema, table_name, column_name, ordinal_position, column_type,"
                + " is_nullable, column_default, remarks",
            "table_constraints:constraint_name, table_schema, table_name, constraint_type",
            "key_column_usage:constraint_name, table_schema, table_name, column_name,"
                + " ordinal_position",
            "indexes:table_schema, table_name, index_name, is_unique, index_type",
            "index_columns:table_schema, table_name, index_name, column_name,"
                + " ordinal_position")) {
      String[] parts = table.split(":");
      runner.query(
          "SELECT " + parts[1] + " FROM information_schema." + parts[0],
          List.of(ScriptedRunner.column("table_name", ScriptedRunner.type("VARCHAR"))),
          List.of(),
          List.of());
    }
    runner.query(
        "rows",
        List.of(
            ScriptedRunner.column("v", ScriptedRunner.type("VECTOR(2)")),
            ScriptedRunner.column("s", ScriptedRunner.type("VARCHAR"))),
        List.of(ScriptedRunner.type("VECTOR(2)")),
        List.<Object[]>of(new Object[] {new float[] {1, 2}, "text"}));
    connection = connect(runner);
  }

  /** What {@link #connect} opened besides. */
  @AfterEach
  void release() {}

  @Test
  void connection() {
    assertThat(thrownBy(Connection.class, connection)).isEmpty();
  }

  @Test
  void databaseMetaData() throws SQLException {
    assertThat(thrownBy(DatabaseMetaData.class, connection.getMetaData())).isEmpty();
  }

  @Test
  void statement() throws SQLException {
    assertThat(thrownBy(Statement.class, connection.createStatement())).isEmpty();
  }

  @Test
  void preparedStatement() throws SQLException {
    PreparedStatement prepared = connection.prepareStatement("rows");
    assertThat(thrownBy(ParameterMetaData.class, prepared.getParameterMetaData())).isEmpty();
    assertThat(thrownBy(PreparedStatement.class, prepared)).isEmpty();
  }

  @Test
  void resultSet() throws SQLException {
    PreparedStatement prepared = connection.prepareStatement("rows");
    prepared.setObject(1, new float[] {1, 2});
    ResultSet rows = prepared.executeQuery();
    rows.next();
    assertThat(thrownBy(ResultSetMetaData.class, rows.getMetaData())).isEmpty();
    assertThat(thrownBy(ResultSet.class, rows)).isEmpty();
  }

  @Test
  void closedObjects() throws SQLException {
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("rows");
    DatabaseMetaData meta = connection.getMetaData();
    prepared.setObject(1, new float[] {1, 2});
    ResultSet rows = prepared.executeQuery();
    connection.close();
    assertThat(thrownBy(ResultSet.class, rows)).isEmpty();
    assertThat(thrownBy(PreparedStatement.class, prepared)).isEmpty();
    assertThat(thrownBy(Statement.class, statement)).isEmpty();
    assertThat(thrownBy(DatabaseMetaData.class, meta)).isEmpty();
    assertThat(thrownBy(Connection.class, connection)).isEmpty();
  }

  /** What was thrown that is no SQLException, method by method. */
  private static List<String> thrownBy(Class<?> type, Object object) {
    List<String> thrown = new ArrayList<>();
    for (Method method : type.getMethods()) {
      // Default methods that take a name are the JDK's own, and want one.
      if (LEFT_OUT.contains(method.getName())
          || method.getDeclaringClass() == Object.class
          || (method.isDefault() && method.getName().matches("enquote.*|isSimpleIdentifier"))) {
        continue;
      }
      for (boolean ones : new boolean[] {false, true}) {
        try {
          method.invoke(object, arguments(method, ones));
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof SQLException)) {
            thrown.add(method + " threw " + e.getCause());
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return thrown;
  }

  private static Object[] arguments(Method method, boolean ones) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(types[i], ones);
    }
    return arguments;
  }

  private static Object argument(Class<?> type, boolean ones) {
    int number = ones ? 1 : 0;
    if (type == int.class) {
      return number;
    } else if (type == long.class) {
      return (long) number;
    } else if (type == short.class) {
      return (short) number;
    } else if (type == byte.class) {
      return (byte) number;
    } else if (type == double.class) {
      return (double) number;
    } else if (type == float.class) {
      return (float) number;
    } else if (type == boolean.class) {
      return ones;
    } else if (type == String.class) {
      return ones ? "v" : null;
    } else if (type == Object.class) {
      return ones ? new Object() : null;
    } else if (type == Class.class) {
      return ones ? StringBuilder.class : null;
    }
    return null;
  }
}
