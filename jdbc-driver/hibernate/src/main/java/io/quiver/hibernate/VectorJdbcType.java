package io.quiver.hibernate;

import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.Size;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.sql.ast.spi.SqlAppender;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.ArrayJdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcLiteralFormatter;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/** A dense vector: {@code float[]} goes to the driver and comes from it as it is. */
final class VectorJdbcType extends ArrayJdbcType {
  private static final long serialVersionUID = 1L;

  private final int typeCode;

  /**
   * @param typeCode of {@code SqlTypes}: VECTOR, VECTOR_FLOAT32, VECTOR_FLOAT16
   */
  VectorJdbcType(JdbcType element, int typeCode) {
    super(element);
    this.typeCode = typeCode;
  }

  @Override
  public int getDefaultSqlTypeCode() {
    return typeCode;
  }

  @Override
  public String getFriendlyName() {
    return "VECTOR";
  }

  @Override
  public JavaType<?> getRecommendedJavaType(
      @Nullable Integer precision, @Nullable Integer scale, TypeConfiguration types) {
    return types.getJavaTypeRegistry().resolveDescriptor(float[].class);
  }

  @Override
  public void appendWriteExpression(
      String expression, @Nullable Size size, SqlAppender appender, Dialect dialect) {
    appender.append(expression);
  }

  @Override
  public @Nullable String castFromPattern(JdbcMapping source, @Nullable Size size) {
    return source.getJdbcType().isStringLike() ? "cast(?1 as vector)" : null;
  }

  @Override
  public @Nullable String castToPattern(JdbcMapping target, @Nullable Size size) {
    return target.getJdbcType().isStringLike() ? "cast(?1 as varchar)" : null;
  }

  @Override
  public <T> JdbcLiteralFormatter<T> getJdbcLiteralFormatter(JavaType<T> javaType) {
    return (appender, value, dialect, options) -> {
      float[] vector = javaType.unwrap(value, float[].class, options);
      appender.appendSql("vector '[");
      for (int i = 0; i < vector.length; i++) {
        if (i > 0) {
          appender.appendSql(",");
        }
        appender.appendSql(Float.toString(vector[i]));
      }
      appender.appendSql("]'");
    };
  }

  @Override
  public <X> ValueBinder<X> getBinder(JavaType<X> javaType) {
    return new ObjectBinder<>(javaType, this, float[].class);
  }

  @Override
  public <X> ValueExtractor<X> getExtractor(JavaType<X> javaType) {
    return new ObjectExtractor<>(javaType, this, float[].class);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof VectorJdbcType vector
        && vector.typeCode == typeCode;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + typeCode;
  }
}
