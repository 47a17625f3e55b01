package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code CREATE [OR REPLACE] VIEW [IF NOT EXISTS] name [(columns)] AS query}.
 *
 * @param columns empty where the query names them
 */
public record CreateView(
    SqlIdentifier name,
    boolean replace,
    boolean ifNotExists,
    List<SqlIdentifier> columns,
    SqlNode query)
    implements Command {
  public CreateView {
    columns = List.copyOf(columns);
  }

  @Override
  public String statementName() {
    return "CREATE VIEW";
  }
}
