package io.quiver.hibernate;

import io.quiver.jdbc.SparseVector;
import java.sql.SQLException;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.jspecify.annotations.Nullable;

/** The driver's sparse vectors as attributes. They are not changed in place. */
final class SparseVectorJavaType extends AbstractClassJavaType<SparseVector> {
  private static final long serialVersionUID = 1L;
  static final SparseVectorJavaType INSTANCE = new SparseVectorJavaType();

  private SparseVectorJavaType() {
    super(SparseVector.class);
  }

  @Override
  public JdbcType getRecommendedJdbcType(JdbcTypeIndicators context) {
    return context.getJdbcType(SqlTypes.SPARSE_VECTOR_FLOAT32);
  }

  @Override
  public String toString(SparseVector value) {
    return value.toString();
  }

  @Override
  public SparseVector fromString(CharSequence text) {
    try {
      return SparseVector.parse(text.toString());
    } catch (SQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <X> @Nullable X unwrap(
      @Nullable SparseVector value, Class<X> type, WrapperOptions options) {
    if (value == null) {
      return null;
    }
    if (type.isAssignableFrom(SparseVector.class)) {
      return (X) value;
    }
    if (type.isAssignableFrom(String.class)) {
      return (X) value.toString();
    }
    throw unknownUnwrap(type);
  }

  @Override
  public <X> @Nullable SparseVector wrap(@Nullable X value, WrapperOptions options) {
    if (value == null) {
      return null;
    }
    if (value instanceof SparseVector vector) {
      return vector;
    }
    if (value instanceof CharSequence text) {
      return fromString(text);
    }
    throw unknownWrap(value.getClass());
  }
}
