package io.quiver.planner.monitor;

import io.quiver.engine.VectorEngine;
import io.quiver.planner.PlanCache;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;

/** All tables of schema {@code quiver}. */
public final class MonitorTables {
  private MonitorTables() {}

  /**
   * The tables over one database.
   *
   * @param caches those of plans, in the order they are asked
   */
  public static List<SystemTable> of(
      VectorEngine engine, Catalog catalog, StatementLog statements, List<PlanCache> caches) {
    List<SystemTable> all = new ArrayList<>();
    StorageTables storage = new StorageTables(engine, catalog);
    all.add(storage.vectorIndexes());
    all.add(storage.shards());
    all.add(storage.segments());
    all.add(storage.indexBuilds());
    all.add(SessionTables.settings());
    all.add(SessionTables.lastQueryStatistics());
    all.add(StatementTables.statements(statements));
    all.add(StatementTables.planCache(caches));
    all.add(WorkTotals.counters(statements.totals(), engine));
    AccessTables access = new AccessTables(catalog);
    all.add(access.users());
    all.add(access.grants());
    all.add(access.policies());
    all.add(access.apiKeys());
    return all;
  }
}
