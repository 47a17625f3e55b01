package io.quiver.planner.write;

import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The table a statement writes to.
 *
 * @param name as the statement gives it
 * @param definition the table
 * @param fields the table as queries see it
 * @param rules what it demands of its rows
 * @param uniques its unique constraints but the key
 */
record WriteTarget(
    SqlIdentifier name,
    TableDefinition definition,
    CatalogTable fields,
    RowRules rules,
    List<UniqueEntries> uniques) {
  /** The table of this name, which must be one of the user's. */
  static WriteTarget of(SqlNode node, Planning planning) {
    if (!(node instanceof SqlIdentifier name)) {
      throw SqlProblem.at(
              ErrorCode.NOT_SUPPORTED,
              SqlPosition.of(node.getParserPosition()),
              "only a table can be written to, not " + node,
              "name the table.")
          .asException();
    }
    Optional<Table> found = planning.schema().find(name.names, planning.session().schema());
    if (found.isPresent()
        && found.get() instanceof CatalogTable table
        && table.stored().isPresent()) {
      TableDefinition definition = table.stored().get();
      return new WriteTarget(
          name,
          definition,
          table,
          RowRules.of(definition, table, name, planning),
          UniqueEntries.of(definition));
    }
    if (found.isPresent()) {
      throw SqlProblem.at(
              ErrorCode.OBJECT_KIND_WRONG,
              SqlPosition.of(name.getParserPosition()),
              name + " is not a table that can be written to",
              "write to the table under it.")
          .asException();
    }
    List<String> names =
        planning.schema().snapshot().tablesOf(planning.session().schema()).stream()
            .map(TableDefinition::name)
            .toList();
    throw SqlProblem.at(
            ErrorCode.TABLE_UNKNOWN,
            SqlPosition.of(name.getParserPosition()),
            "there is no table \"" + name + "\"",
            NearestName.remedy(name.names.getLast(), names, "create it first, or give its schema."))
        .asException();
  }

  /** Ordinals of the columns named, or of all visible ones where none are. */
  int[] columns(@Nullable SqlNodeList names) {
    List<Integer> ordinals = new ArrayList<>();
    if (names == null) {
      for (int i = 0; i < definition.columns().size(); i++) {
        if (definition.columns().get(i).visibility() == ColumnDefinition.Visibility.VISIBLE) {
          ordinals.add(i);
        }
      }
    } else {
      Set<Integer> seen = new HashSet<>();
      for (SqlNode node : names) {
        int ordinal = column((SqlIdentifier) node);
        if (!seen.add(ordinal)) {
          throw SqlProblem.at(
                  ErrorCode.COLUMN_EXISTS,
                  SqlPosition.of(node.getParserPosition()),
                  "column \"" + node + "\" is named twice",
                  "name each column once.")
              .asException();
        }
        ordinals.add(ordinal);
      }
    }
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Of these columns, those that a statement may give values for. */
  int[] givable(int[] ordinals) {
    return Arrays.stream(ordinals).filter(each -> !isGenerated(each)).toArray();
  }

  /** Whether the database alone gives a column's values. */
  boolean isGenerated(int ordinal) {
    return definition(ordinal).identityAlways() || definition(ordinal).computedSql().isPresent();
  }

  /** Refuses a value for a column that the database alone gives values for. */
  void checkGivable(int ordinal, SqlNode value) {
    if (isGenerated(ordinal) && !InsertSource.isDefault(value)) {
      throw SqlProblem.at(
              ErrorCode.IDENTITY_GIVEN,
              SqlPosition.of(value.getParserPosition()),
              "column \""
                  + definition(ordinal).name()
                  + "\" of table \""
                  + definition.name()
                  + "\" is always generated",
              "leave the column out, or write DEFAULT.")
          .asException();
    }
  }

  /** Ordinal of the column of this name. */
  int column(SqlIdentifier name) {
    String simple = name.names.getLast();
    for (int i = 0; i < definition.columns().size(); i++) {
      ColumnDefinition column = definition.columns().get(i);
      if (column.name().equals(simple)
          && column.visibility() != ColumnDefinition.Visibility.INTERNAL
          && !simple.equals(TableDefinition.ROW_NUMBER)) {
        return i;
      }
    }
    List<String> names = fields.columns().stream().map(ColumnDefinition::name).toList();
    throw SqlProblem.at(
            ErrorCode.COLUMN_UNKNOWN,
            SqlPosition.of(name.getParserPosition()),
            "table \"" + definition.name() + "\" has no column \"" + simple + "\"",
            NearestName.remedy(simple, names, "the columns are " + String.join(", ", names) + "."))
        .asException();
  }

  /** Whether a row may have vectors, which cost much to index again. */
  boolean hasVectors() {
    return definition.columns().stream().anyMatch(WriteTarget::isVector);
  }

  /** Whether two rows have the same vectors. */
  boolean sameVectors(@Nullable Object[] left, @Nullable Object[] right) {
    return IntStream.range(0, left.length)
        .filter(i -> isVector(definition(i)))
        .allMatch(i -> Objects.deepEquals(left[i], right[i]));
  }

  private static boolean isVector(ColumnDefinition column) {
    return switch (column.type()) {
      case SqlColumnType.Scalar scalar -> false;
      case SqlColumnType.TextArray array -> false;
      case SqlColumnType.Vector vector -> column.derivation().isEmpty();
      case SqlColumnType.SparseVector sparse -> column.derivation().isEmpty();
      case SqlColumnType.MultiVector multi -> column.derivation().isEmpty();
    };
  }

  ColumnDefinition definition(int ordinal) {
    return definition.columns().get(ordinal);
  }

  /** Names of the key's columns, in its order. */
  List<SqlIdentifier> keyNames(SqlParserPos position) {
    return definition.primaryKey().stream()
        .map(column -> new SqlIdentifier(column, position))
        .toList();
  }

  /** The expression of a column's DEFAULT, if it has one. */
  Optional<SqlNode> defaultOf(int ordinal) {
    return definition(ordinal).defaultSql().map(RowRules::stored);
  }

  /** The value a statement gives a column, or what DEFAULT stands for. */
  SqlNode given(SqlNode value, int ordinal) {
    return InsertSource.isDefault(value)
        ? defaultOf(ordinal).orElse(SqlLiteral.createNull(value.getParserPosition()))
        : value;
  }

  /** What fills each column that a statement gives no value for; null for null. */
  @Nullable Evaluator[] fillers(Planning planning) {
    @Nullable Evaluator[] fillers = new Evaluator[definition.columns().size()];
    for (int i = 0; i < fillers.length; i++) {
      fillers[i] = filler(i, planning);
    }
    return fillers;
  }

  private @Nullable Evaluator filler(int ordinal, Planning planning) {
    return defaultOf(ordinal)
        .map(
            node ->
                planning
                    .queries()
                    .projections(
                        Selects.of(List.of(ColumnTypeSpec.cast(node, definition(ordinal).type()))),
                        planning.session().schema())
                    .evaluators()[0])
        .orElse(null);
  }

  /** The table, for EXPLAIN. */
  String label() {
    return "table=" + definition.schema() + "." + definition.name();
  }

  /** Names of columns, for EXPLAIN. */
  String names(int[] columns) {
    return java.util.Arrays.stream(columns)
        .mapToObj(column -> definition(column).name())
        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
  }
}
