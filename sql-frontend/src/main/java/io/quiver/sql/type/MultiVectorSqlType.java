package io.quiver.sql.type;

import org.apache.calcite.rel.type.RelDataType;

/**
 * {@code MULTIVECTOR(n)}: any number of vectors of one dimension.
 *
 * <p>Made by {@link QuiverTypeFactory} alone.
 */
public final class MultiVectorSqlType extends DimensionedSqlType {
  MultiVectorSqlType(RelDataType component, int dimension, boolean nullable) {
    super("MULTIVECTOR", component, dimension, nullable);
  }

  /** The components of each vector; 0 where any will do. */
  public int dimension() {
    return dimension;
  }
}
