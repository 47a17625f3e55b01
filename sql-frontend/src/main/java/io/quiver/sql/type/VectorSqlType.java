package io.quiver.sql.type;

import io.quiver.engine.schema.VectorElement;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.ArraySqlType;
import org.jspecify.annotations.Nullable;

/**
 * {@code VECTOR(n [, element])}: an array of REAL for Calcite, printed and compared as what it is.
 *
 * <p>Made by {@link QuiverTypeFactory} alone.
 */
public final class VectorSqlType extends ArraySqlType {
  private final int dimension;
  private final VectorElement element;

  VectorSqlType(RelDataType real, int dimension, VectorElement element, boolean nullable) {
    this.dimension = dimension;
    this.element = element;
    super(real, nullable);
  }

  /** Number of components; 0 where any number will do. */
  public int dimension() {
    return dimension;
  }

  /** How a component is stored. */
  public VectorElement element() {
    return element;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append("VECTOR");
    if (dimension > 0) {
      text.append('(').append(dimension);
      if (element != VectorElement.FLOAT32) {
        text.append(", ").append(element);
      }
      text.append(')');
    }
  }

  @Override
  public boolean deepEquals(@Nullable Object other) {
    return super.deepEquals(other)
        && other instanceof VectorSqlType that
        && that.dimension == dimension
        && that.element == element;
  }

  @Override
  public int deepHashCode() {
    return Objects.hash(super.deepHashCode(), dimension, element);
  }
}
