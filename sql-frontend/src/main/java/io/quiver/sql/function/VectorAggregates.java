package io.quiver.sql.function;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.VectorSqlType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.Optionality;

/** {@code SUM} and {@code AVG} of vectors, component by component; null over no vectors. */
public final class VectorAggregates {
  private static final SqlAggFunction SUM = function("VECTOR_SUM", VectorTotal.Sum.class);
  private static final SqlAggFunction AVG = function("VECTOR_AVG", VectorTotal.Average.class);

  private VectorAggregates() {}

  static List<SqlAggFunction> all() {
    return List.of(SUM, AVG);
  }

  /** The aggregate over vectors that an aggregate is over numbers. */
  public static Optional<SqlAggFunction> of(SqlKind aggregate) {
    return switch (aggregate) {
      case SUM -> Optional.of(SUM);
      case AVG -> Optional.of(AVG);
      default -> Optional.empty();
    };
  }

  private static SqlAggFunction function(String name, Class<?> implementation) {
    return new SqlUserDefinedAggFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        VectorAggregates::result,
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            List.of(SqlTypeFamily.ANY),
            factory -> List.of(factory.createSqlType(SqlTypeName.ANY)),
            i -> "vector",
            i -> false),
        Objects.requireNonNull(AggregateFunctionImpl.create(implementation)),
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static RelDataType result(SqlOperatorBinding binding) {
    return QuiverTypeFactory.INSTANCE.vector(
        binding.getOperandType(0) instanceof VectorSqlType vector ? vector.dimension() : 0,
        VectorElement.FLOAT32,
        true);
  }
}
