package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.ColumnScan;
import io.quiver.planner.columnar.ColumnIds;
import io.quiver.planner.columnar.GroupIds;
import io.quiver.planner.columnar.GroupedCount;
import io.quiver.planner.columnar.GroupedExtreme;
import io.quiver.planner.columnar.GroupedFunction;
import io.quiver.planner.columnar.GroupedSum;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What is grouped by and computed of columns of a table, whose fields the aggregate's own are. Most
 * functions read their column as numbers; the others are given rows of the fields they read.
 *
 * @param fields the aggregate's input, as fields of the table; -1 for those it does not read
 * @param groups fields of the input that rows are grouped by
 */
record ColumnAggregation(
    CatalogTable table, int[] fields, int[] groups, List<AggregateCall> calls) {

  /** How many values a group is of. */
  int keys() {
    return groups.length;
  }

  /** New, for one run. */
  GroupIds newGroups() {
    List<ColumnIds> columns = new ArrayList<>();
    for (int field : groups) {
      columns.add(ColumnIds.of(ordinal(field), type(field)));
    }
    return new GroupIds(columns);
  }

  /** New, for one run. */
  List<GroupedFunction> newFunctions() {
    List<GroupedFunction> functions = new ArrayList<>(calls.size());
    for (AggregateCall call : calls) {
      functions.add(function(call));
    }
    return functions;
  }

  private int ordinal(int field) {
    return table.ordinal(fields[field]);
  }

  private SqlColumnType type(int field) {
    return table.columns().get(fields[field]).type();
  }

  private static @Nullable ScalarKind kind(SqlColumnType type) {
    return type.engineType() instanceof ColumnType.Scalar scalar ? scalar.kind() : null;
  }

  private GroupedFunction function(AggregateCall call) {
    List<Integer> arguments = call.getArgList();
    if (call.filterArg >= 0 || arguments.size() > 1) {
      return new OfRows(call);
    }
    return arguments.isEmpty() ? GroupedCount.ofRows() : function(call, arguments.getFirst());
  }

  private GroupedFunction function(AggregateCall call, int field) {
    int column = ordinal(field);
    SqlColumnType type = type(field);
    ScalarKind kind = kind(type);
    boolean whole = kind == ScalarKind.INT32 || kind == ScalarKind.INT64;
    return switch (call.getAggregation().getKind()) {
      case COUNT ->
          call.isDistinct()
              ? GroupedCount.ofDistinct(ColumnIds.of(column, type))
              : GroupedCount.ofValues(column);
      case SUM, SUM0 -> {
        boolean zero = call.getAggregation().getKind() == SqlKind.SUM0;
        SqlTypeName sum = call.getType().getSqlTypeName();
        if (call.isDistinct()) {
          yield new OfRows(call);
        } else if (whole && sum == SqlTypeName.BIGINT) {
          yield GroupedSum.ofLongs(column, zero);
        } else if (whole && sum == SqlTypeName.DECIMAL) {
          yield GroupedSum.ofLongsAsDecimal(column, zero);
        } else if ((kind == ScalarKind.FLOAT32 || kind == ScalarKind.FLOAT64)
            && sum == SqlTypeName.DOUBLE) {
          yield GroupedSum.ofDoubles(column, zero);
        } else {
          yield new OfRows(call);
        }
      }
      case MIN ->
          kind != null && whole ? new GroupedExtreme(column, kind, type, false) : new OfRows(call);
      case MAX ->
          kind != null && whole ? new GroupedExtreme(column, kind, type, true) : new OfRows(call);
      default -> new OfRows(call);
    };
  }

  /** A function that is given rows, of which only the fields it reads are filled in. */
  private final class OfRows implements GroupedFunction {
    private final AggregateCall call;
    private final int[] read;
    private final @Nullable Object[] row = new Object[fields.length];
    private @Nullable Accumulator[] functions = new Accumulator[16];

    OfRows(AggregateCall call) {
      this.call = call;
      List<Integer> all = new ArrayList<>(call.getArgList());
      if (call.filterArg >= 0) {
        all.add(call.filterArg);
      }
      this.read = all.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void add(ColumnScan scan, int[] groupOf, int size) {
      if (functions.length < size) {
        functions = Arrays.copyOf(functions, Math.max(size, 2 * functions.length));
      }
      for (int i = 0; i < scan.count(); i++) {
        for (int field : read) {
          row[field] = ColumnValue.toRow(scan.value(ordinal(field), i), type(field));
        }
        of(groupOf[i]).add(row);
      }
    }

    private Accumulator of(int group) {
      Accumulator known = group < functions.length ? functions[group] : null;
      if (known == null) {
        known = Accumulator.of(call, ImmutableBitSet.of(groups));
        if (group < functions.length) {
          functions[group] = known;
        }
      }
      return known;
    }

    @Override
    public @Nullable Object value(int group) {
      return of(group).value();
    }
  }
}
