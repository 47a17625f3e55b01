package io.quiver.sql.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code JSON}: text that parses. Every function that takes a string takes it.
 *
 * <p>Made by {@link QuiverTypeFactory} alone.
 */
public final class JsonSqlType extends BasicSqlType {
  JsonSqlType(RelDataTypeSystem system, boolean nullable) {
    super(system, SqlTypeName.VARCHAR, nullable);
  }

  @Override
  public BasicSqlType createWithNullability(boolean nullable) {
    return nullable == isNullable() ? this : new JsonSqlType(typeSystem, nullable);
  }

  @Override
  public Charset getCharset() {
    // As all text of Quiver's types; a cast between two character sets is refused.
    return StandardCharsets.UTF_8;
  }

  @Override
  public SqlCollation getCollation() {
    return SqlCollation.IMPLICIT;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append("JSON");
  }
}
