package io.quiver.sql.type;

import org.apache.calcite.rel.type.RelDataType;

/**
 * {@code SPARSEVEC(n)}: pairs of index and weight.
 *
 * <p>Made by {@link QuiverTypeFactory} alone.
 */
public final class SparseVectorSqlType extends DimensionedSqlType {
  SparseVectorSqlType(RelDataType component, int dimension, boolean nullable) {
    super("SPARSEVEC", component, dimension, nullable);
  }

  /** The largest index allowed, counted from 1; 0 where any will do. */
  public int dimension() {
    return dimension;
  }
}
