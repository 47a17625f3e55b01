package io.quiver.planner.definition;

import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import java.util.Optional;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What the types of the SQL standard are kept as. */
final class StandardTypes {
  private StandardTypes() {}

  /** Empty for a type that no column has, and for none. */
  static Optional<ScalarType> scalar(@Nullable SqlTypeName name) {
    return Optional.ofNullable(
        switch (name) {
          case BOOLEAN -> ScalarType.BOOLEAN;
          case TINYINT, SMALLINT -> ScalarType.SMALLINT;
          case INTEGER -> ScalarType.INTEGER;
          case BIGINT -> ScalarType.BIGINT;
          case REAL -> ScalarType.REAL;
          case FLOAT, DOUBLE -> ScalarType.DOUBLE;
          case DECIMAL -> ScalarType.DECIMAL;
          case CHAR, VARCHAR -> ScalarType.VARCHAR;
          case DATE -> ScalarType.DATE;
          case TIME -> ScalarType.TIME;
          case TIMESTAMP -> ScalarType.TIMESTAMP;
          case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ScalarType.TIMESTAMP_TZ;
          case UUID -> ScalarType.UUID;
          case BINARY, VARBINARY -> ScalarType.VARBINARY;
          case null, default -> null;
        });
  }
}
