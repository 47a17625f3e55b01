package io.quiver.sql.parser;

import io.quiver.engine.schema.VectorElement;

/** A type that Calcite's grammar has no word for. */
public sealed interface ExtendedType {
  /** As SQL writes it, such as {@code VECTOR(384, FLOAT16)}. */
  String sql();

  /**
   * {@code VECTOR(n [, element])}; {@code HALFVEC(n)} is {@code VECTOR(n, FLOAT16)}.
   *
   * @param dimension 0 where none is given, as in {@code CAST(? AS VECTOR)}
   */
  record Vector(int dimension, VectorElement element) implements ExtendedType {
    @Override
    public String sql() {
      if (dimension == 0) {
        return "VECTOR";
      }
      return element == VectorElement.FLOAT32
          ? "VECTOR(" + dimension + ")"
          : "VECTOR(" + dimension + ", " + element + ")";
    }
  }

  /**
   * {@code SPARSEVEC [(n)]}.
   *
   * @param dimension 0 where none is given
   */
  record SparseVector(int dimension) implements ExtendedType {
    @Override
    public String sql() {
      return dimension == 0 ? "SPARSEVEC" : "SPARSEVEC(" + dimension + ")";
    }
  }

  /**
   * {@code MULTIVECTOR(n)}.
   *
   * @param dimension 0 where none is given
   */
  record MultiVector(int dimension) implements ExtendedType {
    @Override
    public String sql() {
      return dimension == 0 ? "MULTIVECTOR" : "MULTIVECTOR(" + dimension + ")";
    }
  }

  /** {@code JSON}, or {@code JSONB}. */
  record Json() implements ExtendedType {
    @Override
    public String sql() {
      return "JSON";
    }
  }
}
