package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Rows of a result, read forwards: where the cursor is. */
final class QuiverResultSet extends ColumnGetters {
  private final QuiverConnection connection;
  private final long maxRows;
  private volatile @Nullable Iterator<Object> rows;
  private @Nullable Object @Nullable [] current;
  private int row;
  private boolean afterLast;

  QuiverResultSet(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      TimeZone timeZone,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(statement, state, signature, timeZone, firstFrame);
    this.connection = (QuiverConnection) statement.connection;
    this.maxRows = statement.getLargeMaxRows();
  }

  @Override
  protected AvaticaResultSet execute() throws SQLException {
    rows =
        firstFrame != null && firstFrame.done
            ? firstFrame.rows.iterator()
            : connection.rows(statement, state, signature, firstFrame).iterator();
    return this;
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (afterLast) {
      return false;
    }
    Iterator<Object> source = rows;
    if (source == null) {
      throw isClosedAlready();
    }
    boolean more = (maxRows <= 0 || row < maxRows) && Failures.guard(source::hasNext);
    if (!more) {
      afterLast = true;
      current = null;
      row = 0;
      release();
      return false;
    }
    Object next = Failures.guard(source::next);
    current = next instanceof List<?> list ? list.toArray() : (@Nullable Object[]) next;
    row++;
    return true;
  }

  @Override
  @Nullable Object[] current() throws SQLException {
    @Nullable Object[] values = current;
    if (values == null) {
      throw SqlErrors.misuse(
          "24000",
          afterLast
              ? "The result set is after its last row"
              : "The result set is before its first row: call next()");
    }
    return values;
  }

  Meta.Signature signature() {
    return signature;
  }

  /** All rows from here on, as the database gave them. */
  List<Object> rest() throws SQLException {
    checkOpen();
    List<Object> rest = new ArrayList<>();
    Iterator<Object> source = rows;
    while (source != null && Failures.guard(source::hasNext)) {
      rest.add(Failures.guard(source::next));
    }
    return rest;
  }

  @Override
  public void close() {
    release();
    current = null;
    super.close();
  }

  /** Gives the snapshot back as soon as no more rows are wanted. */
  private void release() {
    Iterator<Object> source = rows;
    rows = null;
    if (source instanceof ReleasableRows releasable) {
      releasable.release();
    }
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw isClosedAlready();
    }
  }

  private static SQLException isClosedAlready() {
    return SqlErrors.misuse("24000", "The result set is closed");
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return row;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return row == 0 && !afterLast;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return afterLast;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return row == 1;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != FETCH_FORWARD) {
      throw SqlErrors.unsupported("A result is read forwards only");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return FETCH_FORWARD;
  }

  @Override
  public void setFetchSize(int fetchSize) throws SQLException {
    checkOpen();
    if (fetchSize < 0) {
      throw SqlErrors.misuse("22023", "Invalid fetch size " + fetchSize + ": it is negative");
    }
    super.setFetchSize(fetchSize);
  }

  /** Warnings are the statement's. */
  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Wrapping.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }
}
