package io.quiver.planner.write;

import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.parser.StatementParser;
import io.quiver.sql.parser.Unplaced;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What a table makes of each row it is given, and demands of it: generated columns, the length of
 * texts, JSON that is JSON, and CHECK.
 *
 * @param computed ordinals of the generated columns
 * @param computedValues their values, over the table's fields
 * @param checks CHECK constraints
 */
record RowRules(
    TableDefinition table,
    CatalogTable fields,
    int[] computed,
    Evaluator[] computedValues,
    CheckRule[] checks) {
  private static final Evaluator[] NONE = {};

  /**
   * A CHECK.
   *
   * @param condition over the table's fields
   * @param columns ordinals of those it reads
   */
  record CheckRule(CheckDefinition definition, Evaluator condition, int[] columns) {}

  /** The rules of a table, its expressions compiled. */
  static RowRules of(TableDefinition table, CatalogTable fields, SqlNode from, Planning planning) {
    List<SqlNode> items = new ArrayList<>();
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnDefinition column = table.columns().get(i);
      if (column.computedSql().isPresent()) {
        computed.add(i);
        items.add(ColumnTypeSpec.cast(stored(column.computedSql().get()), column.type()));
      }
    }
    table.checks().forEach(check -> items.add(stored(check.sql())));
    Evaluator[] all = NONE;
    if (!items.isEmpty()) {
      Projections projections =
          planning
              .queries()
              .projections(Selects.of(items, from, null), planning.session().schema());
      all = projections.evaluators();
    }
    int split = computed.size();
    CheckRule[] checks = new CheckRule[table.checks().size()];
    for (int i = 0; i < checks.length; i++) {
      checks[i] =
          new CheckRule(table.checks().get(i), all[split + i], read(items.get(split + i), table));
    }
    return new RowRules(
        table,
        fields,
        computed.stream().mapToInt(Integer::intValue).toArray(),
        Arrays.copyOf(all, split),
        checks);
  }

  private static int[] read(SqlNode condition, TableDefinition table) {
    Set<Integer> ordinals = new LinkedHashSet<>();
    condition.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            table.ordinal(name.names.getLast()).ifPresent(ordinals::add);
            return null;
          }
        });
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }

  /** An expression that the catalog keeps as text; its places are not the statement's. */
  static SqlNode stored(String expression) {
    return Unplaced.of(
        ((SqlSelect) new StatementParser().parse("SELECT " + expression)).getSelectList().get(0));
  }

  /** Whether the database gives the column's values. */
  boolean isComputed(int ordinal) {
    return table.columns().get(ordinal).computedSql().isPresent();
  }

  /**
   * Fills in what is generated, and checks the row.
   *
   * @param values in the engine's classes, one a column
   * @param row for messages
   */
  void apply(@Nullable Object[] values, SourceRow row, Bindings bindings) {
    if (computed.length > 0) {
      @Nullable Object[] given = fieldsOf(values);
      for (int i = 0; i < computed.length; i++) {
        values[computed[i]] =
            ColumnValue.toEngine(
                computedValues[i].evaluate(given, bindings),
                table.columns().get(computed[i]).type());
      }
    }
    checkTexts(values, row);
    if (checks.length > 0) {
      @Nullable Object[] given = fieldsOf(values);
      for (CheckRule check : checks) {
        if (Boolean.FALSE.equals(check.condition().evaluate(given, bindings))) {
          throw row.refused(
              ErrorCode.CHECK_VIOLATED,
              row.label()
                  + " of table \""
                  + table.name()
                  + "\" does not meet constraint \""
                  + check.definition().name()
                  + "\": "
                  + check.definition().sql(),
              "give values for which it is true.",
              check.columns());
        }
      }
    }
  }

  private @Nullable Object[] fieldsOf(@Nullable Object[] values) {
    @Nullable Object[] row = new Object[fields.columns().size()];
    for (int field = 0; field < row.length; field++) {
      int ordinal = fields.ordinal(field);
      row[field] = ColumnValue.toRow(values[ordinal], table.columns().get(ordinal).type());
    }
    return row;
  }

  /** Text that is too long is refused, never cut; JSON must be JSON. */
  private void checkTexts(@Nullable Object[] values, SourceRow row) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof String text
          && table.columns().get(i).type() instanceof SqlColumnType.Scalar scalar) {
        if (scalar.type() == ScalarType.VARCHAR && scalar.precision() >= 0) {
          checkLength(text, scalar.precision(), i, row);
        } else if (scalar.type() == ScalarType.JSON) {
          JsonCheck.check(text, row, table.columns().get(i).name(), i);
        }
      }
    }
  }

  private void checkLength(String text, int longest, int ordinal, SourceRow row) {
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      throw row.refused(
          ErrorCode.VALUE_TOO_LONG,
          row.label(table.columns().get(ordinal).name())
              + "takes "
              + longest
              + " characters, the value has "
              + length,
          "shorten the value, or declare the column VARCHAR.",
          ordinal);
    }
  }
}
