package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code COPY table|(query) TO 'file' [(options)]}.
 *
 * @param source an identifier or a query
 */
public record CopyTo(SqlNode source, String file, List<OptionClause> options) implements Command {
  public CopyTo {
    options = List.copyOf(options);
  }

  @Override
  public String statementName() {
    return "COPY";
  }
}
