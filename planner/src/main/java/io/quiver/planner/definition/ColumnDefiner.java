package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.problem.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A column clause of CREATE TABLE or ALTER TABLE as the column it defines; keys, UNIQUE and CHECK
 * are the table's.
 *
 * @param textOf the text of an expression as the statement writes it
 */
record ColumnDefiner(Function<SqlNode, String> textOf) {
  ColumnDefinition define(int id, ColumnClause clause, boolean inKey) {
    String name = clause.name().getSimple();
    if (name.startsWith("$")) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          clause.name().getParserPosition(),
          "The name " + name + " begins with $, as names of the database's own do",
          "Choose another name.");
    }
    SqlColumnType type = DeclaredType.of(clause.type());
    boolean required = inKey;
    Visibility visibility = Visibility.VISIBLE;
    Optional<String> defaultSql = Optional.empty();
    Optional<String> computed = Optional.empty();
    Optional<Boolean> identityAlways = Optional.empty();
    for (ColumnConstraint constraint : clause.constraints()) {
      switch (constraint) {
        case ColumnConstraint.NotNull notNull -> required = true;
        case ColumnConstraint.Hidden hidden -> visibility = Visibility.HIDDEN;
        case ColumnConstraint.Default value ->
            defaultSql = Optional.of(textOf.apply(value.value()));
        case ColumnConstraint.Computed value -> {
          if (inKey) {
            throw oneSource(value.position(), name, "is generated and part of the key");
          }
          computed = Optional.of(textOf.apply(value.value()));
        }
        case ColumnConstraint.Identity identity -> {
          requireWholeNumber(identity, name, type);
          identityAlways = Optional.of(identity.always());
          required = true;
        }
        case ColumnConstraint.References references -> throw noForeignKeys(references.position());
        case ColumnConstraint.AllowNull allowed -> {}
        case ColumnConstraint.PrimaryKey primary -> {}
        case ColumnConstraint.Unique unique -> {}
        case ColumnConstraint.Check check -> {}
      }
    }
    int sources =
        (defaultSql.isPresent() ? 1 : 0)
            + (computed.isPresent() ? 1 : 0)
            + (identityAlways.isPresent() ? 1 : 0);
    if (sources > 1) {
      throw oneSource(
          clause.position(), name, "has several of DEFAULT, GENERATED ... AS and AS IDENTITY");
    }
    ColumnDefinition column =
        new ColumnDefinition(
            id,
            name,
            type,
            !required,
            visibility,
            defaultSql,
            false,
            Optional.empty(),
            "",
            false,
            computed,
            Optional.empty());
    return identityAlways.map(always -> column.draft().identity(always).build()).orElse(column);
  }

  private static void requireWholeNumber(
      ColumnConstraint.Identity identity, String name, SqlColumnType type) {
    boolean whole =
        type instanceof Scalar scalar
            && switch (scalar.type()) {
              case SMALLINT, INTEGER, BIGINT -> true;
              default -> false;
            };
    if (!whole) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          identity.position(),
          "identity column " + name + " is " + type.sql() + ", not a whole number",
          "declare it BIGINT.");
    }
  }

  private static RuntimeException oneSource(SqlParserPos position, String name, String what) {
    return DefinitionProblem.at(
        ErrorCode.TABLE_INVALID,
        position,
        "column " + name + " " + what,
        "let its values come from one source.");
  }

  static RuntimeException noForeignKeys(SqlParserPos position) {
    return DefinitionProblem.at(
        ErrorCode.NOT_SUPPORTED,
        position,
        "foreign keys are not enforced, and so are not accepted either",
        "leave REFERENCES out; joins need no foreign key.");
  }
}
