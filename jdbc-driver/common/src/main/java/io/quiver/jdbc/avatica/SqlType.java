package io.quiver.jdbc.avatica;

import java.util.Optional;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.ArrayType;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;

/**
 * The type of a column or a parameter.
 *
 * @param name as SQL writes it, with its arguments: {@code VECTOR(3, INT8)}
 * @param precision length, digits or dimension; 0 where there is none
 * @param element of an ARRAY
 */
record SqlType(SqlKind kind, String name, int precision, int scale, Optional<SqlType> element) {
  private static final SqlType TEXT =
      new SqlType(SqlKind.VARCHAR, "VARCHAR", 0, 0, Optional.empty());

  static SqlType of(ColumnMetaData column) {
    return of(column.type, Math.max(0, column.precision), column.scale);
  }

  private static SqlType of(AvaticaType type, int precision, int scale) {
    Optional<SqlType> element =
        type instanceof ArrayType array
            ? Optional.of(of(array.getComponent(), 0, 0))
            : Optional.empty();
    return new SqlType(SqlKind.of(type.id, type.name), type.name, precision, scale, element);
  }

  /** The element of an ARRAY parameter is told by the name: {@code BIGINT ARRAY}. */
  static SqlType of(AvaticaParameter parameter) {
    SqlKind kind = SqlKind.of(parameter.parameterType, parameter.typeName);
    return new SqlType(
        kind,
        parameter.typeName,
        Math.max(0, parameter.precision),
        parameter.scale,
        kind == SqlKind.ARRAY ? Optional.of(TEXT) : Optional.empty());
  }

  /** The name without its arguments: {@code VECTOR}, {@code VARCHAR ARRAY}. */
  String plainName() {
    int open = name.indexOf('(');
    if (open < 0) {
      return name;
    }
    int close = name.indexOf(')', open);
    return name.substring(0, open) + (close < 0 ? "" : name.substring(close + 1));
  }

  /** Whether a vector's components are whole numbers of one byte. */
  boolean holdsBytes() {
    return kind == SqlKind.VECTOR && name.contains("INT8");
  }

  SqlType elementOrText() {
    return element.orElse(TEXT);
  }
}
