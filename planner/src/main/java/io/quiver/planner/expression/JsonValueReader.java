package io.quiver.planner.expression;

import io.quiver.sql.problem.SqlProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.JsonFunctions.StatefulFunction;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * JSON_VALUE of one path and type, NULL ON EMPTY and NULL ON ERROR. The same in an expression and
 * in a column that is kept for an index, so that both say the same of every row.
 */
public final class JsonValueReader {
  private final String path;
  private final Optional<JsonSteps> plain;
  private final RelDataType type;

  public JsonValueReader(String path, RelDataType type) {
    this.path = path;
    this.plain = JsonSteps.of(path);
    this.type = type;
  }

  /** The value, as a plan's rows hold it; null where there is none of this type. */
  public @Nullable Object read(String json) {
    Object found =
        plain.isPresent()
            ? plain.get().scalar(json)
            : new StatefulFunction()
                .jsonValue(
                    json,
                    JsonFunctions.standardPath(path),
                    SqlJsonValueEmptyOrErrorBehavior.NULL,
                    null,
                    SqlJsonValueEmptyOrErrorBehavior.NULL,
                    null);
    return found == null ? null : converted(found);
  }

  /** A value that does not read as the type wanted is SQL's error, and so null. */
  private @Nullable Object converted(Object found) {
    try {
      if (SqlTypeUtil.inCharFamily(type)) {
        return found.toString();
      }
      if (found instanceof Number number && Arithmetic.isNumber(type.getSqlTypeName())) {
        return NumberCast.to(type, number instanceof BigInteger big ? new BigDecimal(big) : number);
      }
      if (found instanceof Boolean && type.getSqlTypeName() == SqlTypeName.BOOLEAN) {
        return found;
      }
      return TextCast.read(found.toString(), type);
    } catch (SqlProblemException doesNotRead) {
      return null;
    }
  }
}
