package io.quiver.sql.function;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.type.QuiverTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code EMBED('text')} and {@code EMBED_TOKENS('text')}: a {@link TextEmbedder} at work. */
public final class EmbedFunction extends SqlFunction {
  private final boolean tokens;

  EmbedFunction(String name, boolean tokens) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding ->
            tokens
                ? QuiverTypeFactory.INSTANCE.multiVector(0, binding.getOperandType(0).isNullable())
                : QuiverTypeFactory.INSTANCE.vector(
                    0, VectorElement.FLOAT32, binding.getOperandType(0).isNullable()),
        (binding, returnType, types) ->
            types[0] = QuiverTypeFactory.INSTANCE.simple(SqlTypeName.VARCHAR, true),
        OperandTypes.STRING,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.tokens = tokens;
  }

  /** Whether the result has a vector for each token. */
  public boolean tokens() {
    return tokens;
  }
}
