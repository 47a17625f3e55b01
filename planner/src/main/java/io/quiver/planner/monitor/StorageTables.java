package io.quiver.planner.monitor;

import io.quiver.engine.CollectionStatus;
import io.quiver.engine.CollectionStatus.SegmentStatus;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the engine keeps of each table: its indexes, shards and segments, and what is being built.
 */
final class StorageTables {
  private final VectorEngine engine;
  private final Catalog catalog;

  StorageTables(VectorEngine engine, Catalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  SystemTable vectorIndexes() {
    return new TableOf("vector_indexes")
        .text("table_schema", "table_name", "index_name", "column_name", "index_type", "metric")
        .whole("m", "ef_construction")
        .text("quantization", "state")
        .whole("rows_indexed", "rows_total")
        .truth("is_automatic")
        .rows(viewer -> perTable(this::indexRows));
  }

  private void indexRows(Stored stored, List<@Nullable Object[]> rows) {
    TableDefinition table = stored.table;
    for (IndexDefinition index : table.indexes()) {
      if (index.spec() instanceof IndexSpec.Payload) {
        continue;
      }
      long total = stored.sum(SegmentStatus::rows);
      long indexed = stored.sum(SegmentStatus::rowsIndexed);
      @Nullable Object[] row = new Object[13];
      row[0] = table.schema();
      row[1] = table.name();
      row[2] = index.name();
      row[3] = index.expression();
      row[4] = index.method();
      if (index.spec() instanceof IndexSpec.Hnsw hnsw) {
        row[5] = hnsw.metric().name().toLowerCase(Locale.ROOT);
        row[6] = (long) hnsw.m();
        row[7] = (long) hnsw.efConstruction();
        row[8] = hnsw.quantization().name().toLowerCase(Locale.ROOT);
      }
      if (index.spec() instanceof IndexSpec.Muvera muvera) {
        row[5] = "maxsim";
        row[6] = (long) muvera.m();
        row[7] = (long) muvera.efConstruction();
        row[8] = "int8";
      }
      row[9] = stored.isBuilding() ? "building" : "ready";
      row[10] = indexed;
      row[11] = total;
      row[12] = index.automatic();
      rows.add(row);
    }
  }

  SystemTable shards() {
    return new TableOf("shards")
        .text("table_schema", "table_name")
        .whole("shard", "segments", "live_rows", "deleted_rows", "rows_indexed", "bytes_on_disk")
        .rows(viewer -> perTable(StorageTables::shardRows));
  }

  private static void shardRows(Stored stored, List<@Nullable Object[]> rows) {
    Map<Integer, List<SegmentStatus>> shards = new TreeMap<>();
    for (int shard = 0; shard < stored.table.shards(); shard++) {
      shards.put(shard, new ArrayList<>());
    }
    stored.segments.forEach(
        each -> shards.computeIfAbsent(each.shard(), s -> new ArrayList<>()).add(each));
    shards.forEach(
        (shard, segments) ->
            rows.add(
                new Object[] {
                  stored.table.schema(),
                  stored.table.name(),
                  (long) shard,
                  (long) segments.size(),
                  sum(segments, each -> each.rows() - each.deletedRows()),
                  sum(segments, SegmentStatus::deletedRows),
                  sum(segments, SegmentStatus::rowsIndexed),
                  sum(segments, SegmentStatus::bytesOnDisk)
                }));
  }

  SystemTable segments() {
    return new TableOf("segments")
        .text("table_schema", "table_name")
        .whole("shard", "segment")
        .text("state")
        .whole("live_rows", "deleted_rows", "rows_indexed", "bytes_on_disk")
        .rows(
            viewer ->
                perTable(
                    (stored, rows) -> {
                      for (SegmentStatus each : stored.segments) {
                        rows.add(
                            new Object[] {
                              stored.table.schema(),
                              stored.table.name(),
                              (long) each.shard(),
                              each.segment(),
                              each.state(),
                              each.rows() - each.deletedRows(),
                              each.deletedRows(),
                              each.rowsIndexed(),
                              each.bytesOnDisk()
                            });
                      }
                    }));
  }

  /**
   * Segments that wait for their index or are getting it, those among them that are to replace
   * others. Their rows are found all the same.
   */
  SystemTable indexBuilds() {
    return new TableOf("index_builds")
        .text("table_schema", "table_name")
        .whole("shard", "segment")
        .text("state")
        .whole("rows_indexed", "rows_total")
        .number("progress")
        .rows(
            viewer ->
                perTable(
                    (stored, rows) -> {
                      for (SegmentStatus each : stored.segments) {
                        if (isBuilding(each, stored.table)) {
                          String state = each.rowsIndexed() > 0 ? "building" : "waiting";
                          rows.add(build(stored.table, each, state));
                        }
                      }
                      stored.merging.forEach(
                          each -> rows.add(build(stored.table, each, each.state())));
                    }));
  }

  private static @Nullable Object[] build(TableDefinition table, SegmentStatus each, String state) {
    return new @Nullable Object[] {
      table.schema(),
      table.name(),
      (long) each.shard(),
      each.segment(),
      state,
      each.rowsIndexed(),
      each.rows(),
      (double) each.rowsIndexed() / each.rows()
    };
  }

  private static boolean isBuilding(SegmentStatus segment, TableDefinition table) {
    return segment.state().equals("waiting")
        || segment.state().equals("frozen") && !table.indexes().isEmpty();
  }

  /** A table, its segments, and those that are to take their place. */
  private record Stored(
      TableDefinition table, List<SegmentStatus> segments, List<SegmentStatus> merging) {
    long sum(ToLongFunction<SegmentStatus> number) {
      return StorageTables.sum(segments, number);
    }

    boolean isBuilding() {
      return segments.stream().anyMatch(each -> StorageTables.isBuilding(each, table));
    }
  }

  private static long sum(List<SegmentStatus> segments, ToLongFunction<SegmentStatus> number) {
    return segments.stream().mapToLong(number).sum();
  }

  private List<@Nullable Object[]> perTable(BiConsumer<Stored, List<@Nullable Object[]>> each) {
    Map<Long, CollectionStatus> status = new HashMap<>();
    engine.status().forEach(one -> status.put(one.id(), one));
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (TableDefinition table : catalog.current().tables().values()) {
      CollectionStatus one = status.get(table.id());
      each.accept(
          one == null
              ? new Stored(table, List.of(), List.of())
              : new Stored(table, one.segments(), one.merging()),
          rows);
    }
    return rows;
  }
}
