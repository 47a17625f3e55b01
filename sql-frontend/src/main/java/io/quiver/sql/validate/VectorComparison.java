package io.quiver.sql.validate;

import io.quiver.sql.parser.ExtendedType;
import io.quiver.sql.parser.ExtendedTypeNameSpec;
import io.quiver.sql.type.VectorSqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** A vector compared with text: the text is one, where Calcite would make plain arrays of both. */
final class VectorComparison {
  private VectorComparison() {}

  /** Casts the operand that is text to the type of the other, if that is a vector. */
  static void castText(SqlCall comparison, RelDataType left, RelDataType right) {
    if (left instanceof VectorSqlType vector && SqlTypeUtil.inCharFamily(right)) {
      cast(comparison, 1, vector);
    } else if (right instanceof VectorSqlType vector && SqlTypeUtil.inCharFamily(left)) {
      cast(comparison, 0, vector);
    }
  }

  private static void cast(SqlCall comparison, int text, VectorSqlType type) {
    SqlNode operand = comparison.operand(text);
    SqlParserPos position = operand.getParserPosition();
    ExtendedType vector = new ExtendedType.Vector(type.dimension(), type.element());
    comparison.setOperand(
        text,
        TextCast.INSTANCE.createCall(
            position,
            operand,
            new SqlDataTypeSpec(new ExtendedTypeNameSpec(vector, position), position)));
  }
}
