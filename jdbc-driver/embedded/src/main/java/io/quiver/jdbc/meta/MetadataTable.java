package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.MetadataColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A list that {@link java.sql.DatabaseMetaData} gives.
 *
 * @param signature its columns
 * @param rows each an {@code Object[]}
 */
record MetadataTable(Meta.Signature signature, List<Object> rows) {
  /** A list without rows yet. */
  static MetadataTable of(MetadataColumns columns) {
    return new MetadataTable(columns.signature(), new ArrayList<>());
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
