package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.parser.ConstraintClause;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * UNIQUE and CHECK of CREATE TABLE or ALTER TABLE, put into a table that has its columns.
 *
 * @param collectionIds ids of the collections that keep the values of unique columns
 */
record ConstraintDefiner(
    TableDraft table, Function<SqlNode, String> textOf, LongSupplier collectionIds) {
  /** What a column clause says; its conditions go to {@code conditions} to be looked at. */
  void add(ColumnClause clause, List<SqlNode> conditions) {
    for (ColumnConstraint constraint : clause.constraints()) {
      switch (constraint) {
        case ColumnConstraint.Unique unique ->
            unique(unique.name(), List.of(clause.name()), unique.position());
        case ColumnConstraint.Check check -> {
          check(check.name(), check.condition(), "_" + clause.name().getSimple());
          conditions.add(check.condition());
        }
        default -> {
          // The column's own: see ColumnDefiner.
        }
      }
    }
  }

  /** A constraint of the whole table, except its primary key. */
  void add(ConstraintClause constraint, List<SqlNode> conditions) {
    switch (constraint) {
      case ConstraintClause.Unique unique ->
          unique(unique.name(), unique.columns(), unique.position());
      case ConstraintClause.Check check -> {
        check(check.name(), check.condition(), "");
        conditions.add(check.condition());
      }
      case ConstraintClause.ForeignKey foreign ->
          throw ColumnDefiner.noForeignKeys(foreign.position());
      case ConstraintClause.PrimaryKey primary ->
          throw DefinitionProblem.at(
              ErrorCode.NOT_SUPPORTED,
              primary.position(),
              "a table keeps the primary key it was created with",
              "create a table with the new key, and INSERT INTO it with SELECT.");
    }
  }

  /** UNIQUE over columns of the table. */
  void unique(@Nullable SqlIdentifier name, List<SqlIdentifier> columns, SqlParserPos position) {
    for (SqlIdentifier column : columns) {
      ColumnDefinition found = column(column);
      if (!(found.type() instanceof Scalar)) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            column.getParserPosition(),
            "column " + column + " of type " + found.type().sql() + " cannot be unique",
            "use a number, text, UUID, date or timestamp.");
      }
    }
    List<String> names = columns.stream().map(SqlIdentifier::getSimple).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw DefinitionProblem.at(
          ErrorCode.COLUMN_EXISTS, position, "UNIQUE names a column twice", "name each once.");
    }
    String chosen = free(name, "_" + String.join("_", names) + "_key");
    table.uniques.add(new UniqueDefinition(chosen, names, collectionIds.getAsLong()));
  }

  private void check(@Nullable SqlIdentifier name, SqlNode condition, String column) {
    table.checks.add(new CheckDefinition(free(name, column + "_check"), textOf.apply(condition)));
  }

  private ColumnDefinition column(SqlIdentifier name) {
    List<String> names =
        table.columns.stream()
            .filter(each -> each.visibility() != ColumnDefinition.Visibility.INTERNAL)
            .map(ColumnDefinition::name)
            .toList();
    return table.columns.stream()
        .filter(each -> each.name().equals(name.getSimple()) && names.contains(each.name()))
        .findFirst()
        .orElseThrow(
            () ->
                DefinitionProblem.at(
                    ErrorCode.COLUMN_UNKNOWN,
                    name.getParserPosition(),
                    "No column " + name,
                    NearestName.of(name.getSimple(), names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("The columns are " + String.join(", ", names) + ".")));
  }

  /** The name given, which must be free, or a free one that begins with the table's. */
  private String free(@Nullable SqlIdentifier given, String suffix) {
    if (given != null) {
      if (isTaken(given.getSimple())) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            given.getParserPosition(),
            "the table has a constraint " + given + " already",
            "choose another name.");
      }
      return given.getSimple();
    }
    String base = table.name + suffix;
    String candidate = base;
    for (int i = 1; isTaken(candidate); i++) {
      candidate = base + i;
    }
    return candidate;
  }

  private boolean isTaken(String name) {
    return name.equals(table.name + "_pkey")
        || table.checks.stream().anyMatch(each -> each.name().equals(name))
        || table.uniques.stream().anyMatch(each -> each.name().equals(name));
  }
}
