package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE [IF NOT EXISTS] name (columns and constraints) [WITH (options)]}; {@code
 * COLLECTION} may stand for {@code TABLE}.
 *
 * @param query what {@code AS} gives; null without it
 */
public record CreateTable(
    SqlIdentifier name,
    boolean ifNotExists,
    List<ColumnClause> columns,
    List<ConstraintClause> constraints,
    List<OptionClause> options,
    @Nullable SqlNode query)
    implements Command {
  public CreateTable {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
    options = List.copyOf(options);
  }

  @Override
  public String statementName() {
    return "CREATE TABLE";
  }
}
