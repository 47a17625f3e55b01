package io.quiver.sql.validate;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/** {@code SELECT * FROM source}, where the source stands. */
class StarSelect extends SqlSelect {
  StarSelect(SqlNode source) {
    super(
        source.getParserPosition(),
        null,
        SqlNodeList.of(SqlIdentifier.star(source.getParserPosition())),
        source,
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
