package io.quiver.jdbc.meta;

import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose columns the client knows since the statement was prepared: they are not told again.
 */
final class DescribedRows extends Meta.MetaResultSet {
  DescribedRows(Meta.StatementHandle handle, Meta.@Nullable Frame first) {
    super(handle.connectionId, handle.id, false, null, first, -1L);
  }
}
