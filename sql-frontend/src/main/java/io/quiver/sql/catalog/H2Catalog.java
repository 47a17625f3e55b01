package io.quiver.sql.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The catalog: definitions as applying the log gives them, and H2 to query them with.
 *
 * <p>The definitions are an immutable snapshot, replaced by each change. It is rebuilt from the
 * bytes in the engine's manifest and the records of the log after them, so there is no second store
 * to be made durable. H2 is a view of it in memory.
 */
public final class H2Catalog implements Catalog {
  private final MetadataTables metadata = new MetadataTables();
  private volatile List<SystemTable> systemTables;

  /** Written by the engine's one writing thread. */
  private volatile State state = new State(CatalogSnapshot.empty(), -1);

  private record State(CatalogSnapshot definitions, long position) {}

  public H2Catalog() {
    List<SystemTable> tables = new ArrayList<>();
    for (InformationSchema table : InformationSchema.values()) {
      tables.add(
          new SystemTable(
              InformationSchema.SCHEMA,
              table.tableName(),
              table.columns(),
              viewer -> metadata.rows(table, current())));
    }
    systemTables = List.copyOf(tables);
  }

  @Override
  public CatalogSnapshot current() {
    return state.definitions();
  }

  /** Of the log, up to which changes are applied; -1 before any. */
  public long position() {
    return state.position();
  }

  @Override
  public byte[] encode(CatalogChange change) {
    return CatalogCodec.encode(change);
  }

  @Override
  public void restore(byte[] snapshot, long position) {
    CatalogSnapshot definitions =
        snapshot.length == 0 ? CatalogSnapshot.empty() : CatalogCodec.decodeSnapshot(snapshot);
    state = new State(definitions, position);
  }

  @Override
  public void apply(long position, byte[] catalogRecord) {
    State before = state;
    if (position <= before.position()) {
      return;
    }
    CatalogChange change = CatalogCodec.decodeChange(catalogRecord);
    state = new State(before.definitions().with(change), position);
  }

  @Override
  public byte[] snapshot() {
    return CatalogCodec.encode(current());
  }

  @Override
  public List<SystemTable> systemTables() {
    return systemTables;
  }

  @Override
  public void add(List<SystemTable> more) {
    List<SystemTable> all = new ArrayList<>(systemTables);
    all.addAll(more);
    systemTables = List.copyOf(all);
    metadata.list(more);
  }

  @Override
  public void close() {
    metadata.close();
  }
}
