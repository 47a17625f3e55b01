package io.quiver.sql.validate;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;

/**
 * A query that is the data of a search or a leg of FUSE.
 *
 * <p>Calcite takes each SELECT among the arguments of a table function for an input of its own, the
 * branches of a UNION and the queries of a WITH too, and knows no VALUES there. So these are put
 * into a SELECT.
 */
final class TableArgument {
  private TableArgument() {}

  /** The query as one that Calcite takes for a single input. */
  static SqlNode of(SqlNode query) {
    return isSelect(query) ? query : new StarSelect(query);
  }

  private static boolean isSelect(SqlNode query) {
    return switch (query) {
      case SqlOrderBy ordered -> isSelect(ordered.query);
      default -> query.getKind() == SqlKind.SELECT || query.getKind() == SqlKind.EXPLICIT_TABLE;
    };
  }
}
