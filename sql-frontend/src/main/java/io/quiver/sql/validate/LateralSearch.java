package io.quiver.sql.validate;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/** The query put around a lateral search. It is not a query block of the user's. */
final class LateralSearch extends SqlSelect {
  LateralSearch(SqlNode table) {
    super(
        table.getParserPosition(),
        null,
        SqlNodeList.of(SqlIdentifier.star(table.getParserPosition())),
        table,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
