package io.quiver.planner.definition;

import io.quiver.planner.definition.TableOptions.Ttl;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.problem.ErrorCode;
import java.util.List;
import java.util.Optional;

/** The column that says when a row expires must be there and be a moment. */
final class Expiry {
  private Expiry() {}

  static void check(Ttl ttl, List<ColumnDefinition> columns) {
    Optional<ColumnDefinition> column =
        columns.stream().filter(each -> each.name().equals(ttl.column())).findFirst();
    if (column.isEmpty()) {
      throw DefinitionProblem.at(
          ErrorCode.COLUMN_UNKNOWN,
          ttl.position(),
          "the option ttl names a column " + ttl.column() + " that the table has not",
          "name a column of type TIMESTAMP.");
    }
    boolean moment =
        column.get().type() instanceof Scalar scalar
            && (scalar.type() == ScalarType.TIMESTAMP || scalar.type() == ScalarType.TIMESTAMP_TZ);
    if (!moment) {
      throw DefinitionProblem.at(
          ErrorCode.OPTION_INVALID,
          ttl.position(),
          "the option ttl names a column of type " + column.get().type().sql(),
          "name a column of type TIMESTAMP.");
    }
  }
}
