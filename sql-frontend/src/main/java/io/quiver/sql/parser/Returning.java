package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * A write that gives back the rows it wrote.
 *
 * @param write an INSERT, UPDATE or DELETE of Calcite's, or a {@link SqlCommand} with an {@link
 *     InsertOnConflict}
 * @param items what stands after {@code RETURNING}, as a select list
 */
public record Returning(SqlNode write, SqlNodeList items) implements Command {
  @Override
  public String statementName() {
    return "RETURNING";
  }
}
