package io.quiver.sql.validate;

import org.apache.calcite.sql.SqlNode;

/** The query put around a lateral search. It is not a query block of the user's. */
final class LateralSearch extends StarSelect {
  LateralSearch(SqlNode table) {
    super(table);
  }
}
