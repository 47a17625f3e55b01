package io.quiver.planner.write;

import io.quiver.engine.search.CollectionView;
import io.quiver.engine.write.InvalidRowException;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a statement or batch, before they are committed: what it will write, laid over
 * what its snapshot holds. For one thread.
 *
 * <p>Rows here are in the engine's classes, one value a column of the definition.
 */
final class RowBuffer {
  private final WriteTarget target;
  private final CollectionView view;
  private final WriteBatch batch;
  private final Map<List<Object>, Optional<@Nullable Object[]>> written = new HashMap<>();
  private final List<@Nullable Object[]> returned = new ArrayList<>();

  RowBuffer(WriteTarget target, CollectionView view) {
    this.target = target;
    this.view = view;
    this.batch = new WriteBatch(view.schema());
  }

  WriteBatch batch() {
    return batch;
  }

  /** Rows as written, or as deleted, for RETURNING. */
  List<@Nullable Object[]> returned() {
    return returned;
  }

  /** The row with this key as this statement sees it, its own changes included. */
  @Nullable Object @Nullable [] find(Object[] key) {
    Optional<@Nullable Object[]> own = written.get(Arrays.asList(key));
    if (own != null) {
      return own.orElse(null);
    }
    long row = view.find(key);
    if (row < 0) {
      return null;
    }
    @Nullable Object[] values = new Object[target.definition().columns().size()];
    for (int i = 0; i < values.length; i++) {
      if (target.definition(i).derivation().isEmpty()) {
        values[i] = view.value(row, i);
      }
    }
    return values;
  }

  /** Whether this statement has written or deleted the row already. */
  boolean hasWritten(Object[] key) {
    return written.containsKey(Arrays.asList(key));
  }

  /** The key of a row, whose columns must have values. */
  Object[] keyOf(@Nullable Object[] values) {
    TableDefinition table = target.definition();
    Object[] key = new Object[table.primaryKey().size()];
    for (int i = 0; i < key.length; i++) {
      int ordinal = table.ordinal(table.primaryKey().get(i)).orElseThrow();
      Object part = values[ordinal];
      if (part == null) {
        throw WriteProblems.absent(
            target, table.columns().get(ordinal).name(), batch.changes().size());
      }
      key[i] = part;
    }
    return key;
  }

  void put(Expectation expectation, @Nullable Object[] values) {
    checkLengths(values);
    try {
      batch.put(expectation, values);
    } catch (InvalidRowException invalid) {
      throw WriteProblems.of(invalid, target);
    }
    written.put(Arrays.asList(keyOf(values)), Optional.of(values));
    returned.add(values);
  }

  void delete(Object[] key, @Nullable Object[] values) {
    batch.delete(Expectation.UNCHANGED, key);
    written.put(Arrays.asList(key), Optional.empty());
    returned.add(values);
  }

  /** Text that is too long is refused, never cut. */
  private void checkLengths(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      ColumnDefinition column = target.definition(i);
      if (column.type() instanceof SqlColumnType.Scalar scalar
          && scalar.precision() >= 0
          && scalar.type() == ScalarType.VARCHAR
          && values[i] instanceof String text
          && text.codePointCount(0, text.length()) > scalar.precision()) {
        throw SqlProblem.of(
                ErrorCode.VALUE_TOO_LONG,
                "row "
                    + (batch.changes().size() + 1)
                    + ", column \""
                    + column.name()
                    + "\" takes "
                    + scalar.precision()
                    + " characters, the value has "
                    + text.codePointCount(0, text.length()),
                "shorten the value, or declare the column VARCHAR.")
            .asException();
      }
    }
  }

  /** A row of a plan as a row of the engine: a value for each of some columns. */
  static @Nullable Object engineValue(@Nullable Object value, ColumnDefinition column) {
    return ColumnValue.toEngine(value, column.type());
  }
}
