package io.quiver.hibernate;

import io.quiver.jdbc.SparseVector;
import java.sql.Types;
import org.hibernate.engine.jdbc.Size;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/** SPARSEVEC columns: a {@link SparseVector} goes to the driver and comes from it as it is. */
final class SparseVectorJdbcType implements JdbcType {
  private static final long serialVersionUID = 1L;
  static final SparseVectorJdbcType INSTANCE = new SparseVectorJdbcType();

  private SparseVectorJdbcType() {}

  @Override
  public int getJdbcTypeCode() {
    return Types.OTHER;
  }

  @Override
  public int getDefaultSqlTypeCode() {
    return SqlTypes.SPARSE_VECTOR_FLOAT32;
  }

  @Override
  public String getFriendlyName() {
    return "SPARSEVEC";
  }

  @Override
  public @Nullable String castFromPattern(JdbcMapping source, @Nullable Size size) {
    return source.getJdbcType().isStringLike() ? "cast(?1 as sparsevec)" : null;
  }

  @Override
  public @Nullable String castToPattern(JdbcMapping target, @Nullable Size size) {
    return target.getJdbcType().isStringLike() ? "cast(?1 as varchar)" : null;
  }

  @Override
  public <X> ValueBinder<X> getBinder(JavaType<X> javaType) {
    return new ObjectBinder<>(javaType, this, SparseVector.class);
  }

  @Override
  public <X> ValueExtractor<X> getExtractor(JavaType<X> javaType) {
    return new ObjectExtractor<>(javaType, this, SparseVector.class);
  }
}
