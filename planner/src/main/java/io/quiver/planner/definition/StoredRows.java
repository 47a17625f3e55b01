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
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as they are while it is altered, in the columns of what it becomes: a column
 * that is being added has its fill in them.
 */
final class StoredRows {
  private static final int BATCH = 1024;

  private final CollectionView view;
  private final Execution execution;
  private final Map<Integer, Integer> ordinals = new HashMap<>();

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
    Integer ordinal = ordinals.get(column.id());
    return ordinal == null ? column.fill().map(Fill::value).orElse(null) : view.value(row, ordinal);
  }
}
