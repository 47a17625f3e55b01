package io.quiver.sql.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * A conjunct that the rewrite adds to the WHERE of a query block with searches, so that the binding
 * phase knows which searches the WHERE belongs to. It carries the number of the block and never
 * runs.
 *
 * <p>A tree of relations does not show where query blocks end: a projection of all columns may have
 * been dropped. This does.
 */
public final class BlockMarker extends SqlFunction {
  BlockMarker() {
    super(
        "$BLOCK",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NOT_NULL,
        null,
        OperandTypes.NUMERIC,
        SqlFunctionCategory.SYSTEM);
  }

  /** Keeps every simplification away. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
