package io.quiver.hibernate;

import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicExtractor;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/** Takes values from the driver as objects of a class it gives. */
final class ObjectExtractor<X> extends BasicExtractor<X> {
  private static final long serialVersionUID = 1L;

  private final Class<?> given;

  ObjectExtractor(JavaType<X> javaType, JdbcType jdbcType, Class<?> given) {
    super(javaType, jdbcType);
    this.given = given;
  }

  @Override
  protected @Nullable X doExtract(ResultSet row, int index, WrapperOptions options)
      throws SQLException {
    return getJavaType().wrap(row.getObject(index, given), options);
  }

  @Override
  protected @Nullable X doExtract(CallableStatement call, int index, WrapperOptions options)
      throws SQLException {
    return getJavaType().wrap(call.getObject(index, given), options);
  }

  @Override
  protected @Nullable X doExtract(CallableStatement call, String name, WrapperOptions options)
      throws SQLException {
    return getJavaType().wrap(call.getObject(name, given), options);
  }
}
