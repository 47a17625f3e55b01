package io.quiver.sql.validate;

import io.quiver.sql.function.FuseFunction;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.SearchFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/**
 * Whether the data of a search are the result of another, as MAXSIM over a VECTOR_SEARCH or FUSE.
 */
final class SearchSubQuery {
  private SearchSubQuery() {}

  static boolean isSearch(SqlNode data) {
    return switch (data) {
      case SqlOrderBy ordered -> isSearch(ordered.query);
      case SqlSelect select -> {
        SqlNode from = select.getFrom();
        yield from != null && isSearchTable(from);
      }
      default -> false;
    };
  }

  private static boolean isSearchTable(SqlNode from) {
    if (from.isA(SqlKind.QUERY)) {
      return isSearch(from);
    }
    if (!(from instanceof SqlCall call)) {
      return false;
    }
    if (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.COLLECTION_TABLE) {
      return isSearchTable(call.operand(0));
    }
    return call.getOperator() instanceof SqlFunction function
        && switch (QuiverOperators.named(function.getName()).orElse(null)) {
          case SearchFunction search -> true;
          case FuseFunction fuse -> true;
          case null, default -> false;
        };
  }
}
