package io.quiver.jdbc.meta;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/**
 * A list that {@link java.sql.DatabaseMetaData} gives.
 *
 * @param signature its columns
 * @param rows each an {@code Object[]}
 */
record MetadataTable(Meta.Signature signature, List<Object> rows) {
  /**
   * A list without rows yet.
   *
   * @param columns names, each followed by {@code i} for a number or {@code b} for a boolean where
   *     it is no text
   */
  static MetadataTable of(String columns) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (String column : columns.split(",")) {
      String[] parts = column.trim().split(" ");
      AvaticaType type = parts.length == 1 ? scalar("s") : scalar(parts[1]);
      described.add(MetaImpl.columnMetaData(parts[0], described.size(), type, true));
    }
    return new MetadataTable(
        Meta.Signature.create(
            described, "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT),
        new ArrayList<>());
  }

  private static AvaticaType scalar(String letter) {
    return switch (letter) {
      case "i" -> ColumnMetaData.scalar(Types.INTEGER, "INTEGER", Rep.INTEGER);
      case "b" -> ColumnMetaData.scalar(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN);
      case "s" -> ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", Rep.STRING);
      default -> throw new IllegalArgumentException("Unknown kind of column: " + letter);
    };
  }

  /** The same list with one row more. */
  MetadataTable row(@Nullable Object... values) {
    if (values.length != signature.columns.size()) {
      throw new IllegalStateException(
          values.length + " values for " + signature.columns.size() + " columns");
    }
    rows.add(values);
    return this;
  }
}
