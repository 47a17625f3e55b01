package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** What plain and prepared statements add to Avatica's in the same way. */
final class StatementExtras {
  private final QuiverConnection connection;
  private final AvaticaStatement statement;
  private int timeoutSeconds;
  private boolean poolable;
  private boolean warningsCleared = true;
  private @Nullable GeneratedKeys keys;

  StatementExtras(QuiverConnection connection, AvaticaStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  void checkOpen() throws SQLException {
    if (statement.isClosed()) {
      throw SqlErrors.misuse("26000", "The statement is closed");
    }
    connection.checkOpen();
  }

  /** Called before each execution. */
  void begins() {
    warningsCleared = false;
    keys = null;
  }

  /** Keeps the rows that an execution returned for {@code getGeneratedKeys}; how many. */
  int keep(ResultSet returned) throws SQLException {
    GeneratedKeys found = GeneratedKeys.of((QuiverResultSet) returned);
    GeneratedKeys before = keys;
    if (before == null) {
      keys = found;
    } else {
      before.add(found);
    }
    return found.count();
  }

  /** The keys of the last execution; none where it generated none, or was not asked for them. */
  ResultSet generatedKeys() throws SQLException {
    GeneratedKeys found = keys;
    return found == null ? noGeneratedKeys() : found.of(statement, connection);
  }

  @Nullable SQLWarning warnings() {
    if (warningsCleared) {
      return null;
    }
    SQLWarning first = null;
    List<String> texts = control().map(c -> c.warnings(statement.handle)).orElse(List.of());
    for (String text : texts) {
      SQLWarning warning = new SQLWarning(text, "01000");
      if (first == null) {
        first = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
    return first;
  }

  void clearWarnings() {
    warningsCleared = true;
  }

  void cancel() throws SQLException {
    Failures.guardAction(() -> control().ifPresent(c -> c.cancel(statement.handle)));
  }

  int timeoutSeconds() {
    return timeoutSeconds;
  }

  void limitTime(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlErrors.misuse("22023", "Invalid query timeout " + seconds + ": it is negative");
    }
    Failures.guardAction(
        () -> control().ifPresent(c -> c.limitTime(statement.handle, seconds * 1000L)));
    timeoutSeconds = seconds;
  }

  boolean isPoolable() {
    return poolable;
  }

  /** A hint, kept for whoever asks. */
  void keepPoolable(boolean poolable) {
    this.poolable = poolable;
  }

  private Optional<StatementControl> control() {
    return connection.control();
  }

  private ResultSet noGeneratedKeys() throws SQLException {
    ColumnMetaData column =
        MetaImpl.columnMetaData(
            "generated_key",
            0,
            ColumnMetaData.scalar(java.sql.Types.BIGINT, "BIGINT", Rep.LONG),
            true);
    Meta.Signature signature =
        Meta.Signature.create(
            List.of(column), "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
    return new QuiverResultSet(
            statement, new QueryState(""), signature, connection.getTimeZone(), Meta.Frame.EMPTY)
        .execute();
  }

  static int checkedFetchSize(int rows) throws SQLException {
    if (rows < 0) {
      throw SqlErrors.misuse("22023", "Invalid fetch size " + rows + ": it is negative");
    }
    return rows;
  }

  static void checkDirection(int direction) throws SQLException {
    if (direction < ResultSet.FETCH_FORWARD || direction > ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.misuse("22023", "Invalid fetch direction " + direction);
    }
  }

  static long checkedMaxRows(long rows) throws SQLException {
    if (rows < 0) {
      throw SqlErrors.misuse("22023", "Invalid maximum of rows " + rows + ": it is negative");
    }
    return rows;
  }

  static void checkMaxFieldSize(int max) throws SQLException {
    if (max < 0) {
      throw SqlErrors.misuse("22023", "Invalid maximum field size " + max + ": it is negative");
    }
  }

  static void checkMoreResults(int current) throws SQLException {
    if (current == Statement.KEEP_CURRENT_RESULT) {
      throw SqlErrors.unsupported("A statement has one open result at a time");
    }
    if (current != Statement.CLOSE_CURRENT_RESULT && current != Statement.CLOSE_ALL_RESULTS) {
      throw SqlErrors.misuse("22023", "Invalid argument " + current + " of getMoreResults");
    }
  }

  static SQLException noCursorNames() {
    return SqlErrors.unsupported("Cursors have no names: rows are changed by their key");
  }
}
