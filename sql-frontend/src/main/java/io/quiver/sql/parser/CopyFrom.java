package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * {@code COPY table [(columns)] FROM 'file' [(options)]}.
 *
 * @param columns empty for all
 */
public record CopyFrom(
    SqlIdentifier table, List<SqlIdentifier> columns, String file, List<OptionClause> options)
    implements Command {
  public CopyFrom {
    columns = List.copyOf(columns);
    options = List.copyOf(options);
  }

  @Override
  public String statementName() {
    return "COPY";
  }
}
