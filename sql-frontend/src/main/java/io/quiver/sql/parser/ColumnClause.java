package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A column of CREATE TABLE or ADD COLUMN: {@code name type constraint...}. */
public record ColumnClause(
    SqlIdentifier name,
    SqlDataTypeSpec type,
    List<ColumnConstraint> constraints,
    SqlParserPos position) {
  public ColumnClause {
    constraints = List.copyOf(constraints);
  }
}
