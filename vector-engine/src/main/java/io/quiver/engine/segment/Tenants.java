package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.index.hnsw.TenantGraphs;
import io.quiver.engine.index.hnsw.TenantGraphsWriter.Run;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.write.ColumnDeriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows belong to one tenant: those with the same value in a column that an index names. Their
 * groups are told apart by hashes; were two tenants to have the same, their rows would lie
 * together, and still be found by their values.
 */
public final class Tenants {
  private static final long NONE = 0;

  private Tenants() {}

  /** How a new segment keeps rows together; empty where no index asks for it. */
  public static Optional<RowGrouping> grouping(
      CollectionSchema schema, List<SourceRows> sources, ColumnDeriver deriver) {
    return schema
        .tenant()
        .map(
            column -> {
              List<Column> values =
                  sources.stream().map(source -> source.column(schema, column, deriver)).toList();
              return new RowGrouping(column.id(), (source, row) -> hash(values.get(source), row));
            });
  }

  /** Runs of rows of one tenant that are to have a graph of their own. */
  static List<Run> large(Column column, int rows) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    long hash = rows == 0 ? NONE : hash(column, 0);
    for (int row = 1; row <= rows; row++) {
      long next = row == rows ? NONE : hash(column, row);
      if (row == rows || next != hash) {
        if (TenantGraphs.isWorthwhile(row - from, rows)) {
          runs.add(new Run(from, row));
        }
        from = row;
        hash = next;
      }
    }
    return runs;
  }

  private static long hash(Column column, int row) {
    Object value = column.value(row);
    return value == null ? NONE : RowKey.of(value).hash();
  }
}
