package io.quiver.planner.definition;

import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.derive.Fill;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.physical.Execution;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as they are while it is altered, in the columns of what it becomes: a column
 * that is being added has its fill in them, or what was made for it here.
 */
final class StoredRows {
  private static final int BATCH = 1024;

  private final CollectionView view;
  private final Execution execution;
  private final Map<Integer, Integer> ordinals = new HashMap<>();

  /** Values of columns that are being added, by column and then by row. */
  private final Map<Integer, Map<Long, Object>> made = new TreeMap<>();

  private final Map<Integer, Long> lastNumbers = new HashMap<>();

  StoredRows(CollectionView view, Execution execution) {
    this.view = view;
    this.execution = execution;
    for (int i = 0; i < view.schema().columns().size(); i++) {
      ordinals.put(view.schema().columns().get(i).id(), i);
    }
  }

  Execution execution() {
    return execution;
  }

  boolean isEmpty() {
    return view.rowCount() == 0;
  }

  /** Numbers the rows from 1, in no promised order, in a column that is being added. */
  void number(ColumnDefinition column, SqlParserPos position) {
    Map<Long, Object> numbers = new HashMap<>();
    ScalarType type = ((SqlColumnType.Scalar) column.type()).type();
    long largest =
        switch (type) {
          case SMALLINT -> Short.MAX_VALUE;
          case INTEGER -> Integer.MAX_VALUE;
          default -> Long.MAX_VALUE;
        };
    forEach(
        row -> {
          long number = numbers.size() + 1L;
          if (number > largest) {
            throw DefinitionProblem.at(
                ErrorCode.VALUE_OUT_OF_RANGE,
                position,
                "the table has more rows than a column of type " + type + " can number",
                "declare the column BIGINT.");
          }
          numbers.put(row, type == ScalarType.BIGINT ? (Object) number : (Object) (int) number);
        });
    made.put(column.id(), numbers);
    lastNumbers.put(column.id(), (long) numbers.size());
  }

  /**
   * Computes a column that is being added.
   *
   * @param expression over the table's fields
   * @param written where it stands in the statement
   */
  void compute(
      ColumnDefinition column, Evaluator expression, TableDefinition table, SqlNode written) {
    Map<Long, Object> values = new HashMap<>();
    Set<String> read = ColumnNames.in(written);
    int longest =
        column.type() instanceof SqlColumnType.Scalar scalar
                && scalar.type() == ScalarType.VARCHAR
                && scalar.precision() >= 0
            ? scalar.precision()
            : Integer.MAX_VALUE;
    forEach(
        row -> {
          Object given = expression.evaluate(fields(row, table, read), execution.bindings());
          Object value = ColumnValue.toEngine(given, column.type());
          if (value instanceof String text && text.codePointCount(0, text.length()) > longest) {
            throw DefinitionProblem.at(
                ErrorCode.VALUE_TOO_LONG,
                written.getParserPosition(),
                "column " + column.name() + " takes " + longest + " characters, a row gives more",
                "declare the column VARCHAR.");
          }
          if (value != null) {
            values.put(row, value);
          }
        });
    made.put(column.id(), values);
  }

  /** The table's fields in a row, of which those that are not read may be null. */
  private @Nullable Object[] fields(long row, TableDefinition table, Set<String> read) {
    List<ColumnDefinition> fields =
        table.columns().stream().filter(each -> each.visibility() != Visibility.INTERNAL).toList();
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      if (read.contains(fields.get(i).name())) {
        values[i] = ColumnValue.toRow(value(row, fields.get(i)), fields.get(i).type());
      }
    }
    return values;
  }

  /** What was made for columns that are being added, to be committed with them. */
  List<WriteBatch> made(TableDefinition table) {
    if (made.isEmpty()) {
      return List.of();
    }
    WriteBatch batch = new WriteBatch(table.collection());
    List<ColumnDefinition> key =
        table.primaryKey().stream()
            .map(each -> table.columns().get(table.ordinal(each).orElseThrow()))
            .toList();
    int[] columns =
        IntStream.range(0, table.columns().size())
            .filter(i -> made.containsKey(table.columns().get(i).id()))
            .toArray();
    forEach(
        row -> {
          Object[] keyValues = key.stream().map(each -> value(row, each)).toArray();
          @Nullable Object[] values =
              IntStream.of(columns).mapToObj(i -> value(row, table.columns().get(i))).toArray();
          batch.patch(keyValues, columns, values);
        });
    List<WriteBatch> batches = new ArrayList<>();
    batches.add(batch);
    if (!lastNumbers.isEmpty()) {
      WriteBatch sequences = new WriteBatch(table.sequenceRows());
      lastNumbers.forEach(
          (column, last) -> sequences.put(Expectation.ANY, new Object[] {column, last + 1}));
      batches.add(sequences);
    }
    return batches;
  }

  /** Whether some row lacks a value in a column. */
  boolean hasNull(ColumnDefinition column) {
    return anyRow(row -> value(row, column) == null);
  }

  /** Whether a condition over the table's fields is false for some row. */
  boolean violates(Evaluator condition, TableDefinition table) {
    List<ColumnDefinition> fields =
        table.columns().stream().filter(each -> each.visibility() != Visibility.INTERNAL).toList();
    return anyRow(
        row -> {
          @Nullable Object[] values = new Object[fields.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = ColumnValue.toRow(value(row, fields.get(i)), fields.get(i).type());
          }
          return Boolean.FALSE.equals(condition.evaluate(values, execution.bindings()));
        });
  }

  /** What the collection of a unique constraint is to hold. */
  WriteBatch entries(UniqueDefinition unique, TableDefinition table) {
    WriteBatch entries = new WriteBatch(table.entries(unique));
    List<String> names = new ArrayList<>(unique.columns());
    names.addAll(table.primaryKey());
    List<ColumnDefinition> columns =
        names.stream().map(each -> table.columns().get(table.ordinal(each).orElseThrow())).toList();
    forEach(
        row -> {
          @Nullable Object[] values = new Object[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = value(row, columns.get(i));
            if (values[i] == null) {
              return;
            }
          }
          entries.put(Expectation.ABSENT, values);
        });
    return entries;
  }

  private void forEach(LongConsumer consumer) {
    anyRow(
        row -> {
          consumer.accept(row);
          return false;
        });
  }

  private boolean anyRow(LongPredicate test) {
    RowScan scan = view.scan(new RowFilter.All(), execution.bindings().stop());
    long[] names = new long[BATCH];
    for (int size = scan.next(names); size > 0; size = scan.next(names)) {
      execution.bindings().stop().check();
      for (int i = 0; i < size; i++) {
        if (test.test(names[i])) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable Object value(long row, ColumnDefinition column) {
    Map<Long, Object> own = made.get(column.id());
    if (own != null) {
      return own.get(row);
    }
    Integer ordinal = ordinals.get(column.id());
    return ordinal == null ? column.fill().map(Fill::value).orElse(null) : view.value(row, ordinal);
  }
}
