package io.quiver.hibernate;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicBinder;
import org.hibernate.type.descriptor.jdbc.JdbcType;

/** Gives values to the driver as objects of a class it takes. */
final class ObjectBinder<X> extends BasicBinder<X> {
  private static final long serialVersionUID = 1L;

  private final Class<?> taken;

  ObjectBinder(JavaType<X> javaType, JdbcType jdbcType, Class<?> taken) {
    super(javaType, jdbcType);
    this.taken = taken;
  }

  @Override
  protected void doBind(PreparedStatement statement, X value, int index, WrapperOptions options)
      throws SQLException {
    statement.setObject(index, getBindValue(value, options));
  }

  @Override
  protected void doBind(CallableStatement statement, X value, String name, WrapperOptions options)
      throws SQLException {
    statement.setObject(name, getBindValue(value, options));
  }

  @Override
  public Object getBindValue(X value, WrapperOptions options) {
    return getJavaType().unwrap(value, taken, options);
  }
}
