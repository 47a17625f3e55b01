package io.quiver.hibernate;

import io.quiver.jdbc.SparseVector;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.hibernate.engine.jdbc.Size;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicBinder;
import org.hibernate.type.descriptor.jdbc.BasicExtractor;
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
    return new BasicBinder<X>(javaType, this) {
      @Override
      protected void doBind(PreparedStatement statement, X value, int index, WrapperOptions options)
          throws SQLException {
        statement.setObject(index, getJavaType().unwrap(value, SparseVector.class, options));
      }

      @Override
      protected void doBind(
          CallableStatement statement, X value, String name, WrapperOptions options)
          throws SQLException {
        statement.setObject(name, getJavaType().unwrap(value, SparseVector.class, options));
      }
    };
  }

  @Override
  public <X> ValueExtractor<X> getExtractor(JavaType<X> javaType) {
    return new BasicExtractor<X>(javaType, this) {
      @Override
      protected @Nullable X doExtract(ResultSet row, int index, WrapperOptions options)
          throws SQLException {
        return getJavaType().wrap(row.getObject(index, SparseVector.class), options);
      }

      @Override
      protected @Nullable X doExtract(CallableStatement call, int index, WrapperOptions options)
          throws SQLException {
        return getJavaType().wrap(call.getObject(index, SparseVector.class), options);
      }

      @Override
      protected @Nullable X doExtract(CallableStatement call, String name, WrapperOptions options)
          throws SQLException {
        return getJavaType().wrap(call.getObject(name, SparseVector.class), options);
      }
    };
  }
}
