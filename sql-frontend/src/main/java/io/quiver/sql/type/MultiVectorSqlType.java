package io.quiver.sql.type;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.ArraySqlType;
import org.jspecify.annotations.Nullable;

/**
 * {@code MULTIVECTOR(n)}: any number of vectors of one dimension.
 *
 * <p>Made by {@link QuiverTypeFactory} alone.
 */
public final class MultiVectorSqlType extends ArraySqlType {
  private final int dimension;

  MultiVectorSqlType(RelDataType component, int dimension, boolean nullable) {
    this.dimension = dimension;
    super(component, nullable);
  }

  /** The components of each vector; 0 where any will do. */
  public int dimension() {
    return dimension;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append("MULTIVECTOR");
    if (dimension > 0) {
      text.append('(').append(dimension).append(')');
    }
  }

  @Override
  public boolean deepEquals(@Nullable Object other) {
    return super.deepEquals(other)
        && other instanceof MultiVectorSqlType that
        && that.dimension == dimension;
  }

  @Override
  public int deepHashCode() {
    return Objects.hash(super.deepHashCode(), dimension, "MULTIVECTOR");
  }
}
