package io.quiver.planner.physical;

import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Rows whose time has come are gone from the moment it comes, whether they are deleted yet or not:
 * a condition of every read of a table with the option ttl, inside a search as any other.
 */
final class Unexpired {
  private Unexpired() {}

  /** The conditions of a read, with the one that leaves out expired rows. */
  static List<RexNode> with(List<RexNode> conditions, CatalogTable table, RexBuilder builder) {
    Optional<String> ttl = table.stored().flatMap(TableDefinition::ttl);
    if (ttl.isEmpty()) {
      return conditions;
    }
    int field = table.columns().stream().map(each -> each.name()).toList().indexOf(ttl.get());
    RelDataType type =
        table.getRowType(builder.getTypeFactory()).getFieldList().get(field).getType();
    RexNode column = new RexInputRef(field, type);
    RexNode now =
        builder.makeAbstractCast(
            type, builder.makeCall(SqlStdOperatorTable.CURRENT_TIMESTAMP), false);
    List<RexNode> all = new ArrayList<>(conditions);
    all.add(
        builder.makeCall(
            SqlStdOperatorTable.OR,
            builder.makeCall(SqlStdOperatorTable.IS_NULL, column),
            builder.makeCall(SqlStdOperatorTable.GREATER_THAN, column, now)));
    return all;
  }
}
