package io.quiver.sql.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * Whether two vectors are the same, component by component; never null.
 *
 * <p>Plans use it, users cannot: clients send the vector of one search as several parameters, and
 * only a run can tell that they are one.
 */
public final class SameVector extends SqlFunction {
  SameVector() {
    super(
        "$SAME_VECTOR",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NOT_NULL,
        null,
        OperandTypes.ANY_ANY,
        SqlFunctionCategory.SYSTEM);
  }
}
