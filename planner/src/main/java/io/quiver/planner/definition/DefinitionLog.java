package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.planner.Session;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.TableDefinition;
import java.util.List;

/** Where definitions are committed, and what they are computed from. */
final class DefinitionLog {
  private final VectorEngine engine;
  private final Catalog catalog;

  DefinitionLog(VectorEngine engine, Catalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  /** Names as the session means them now. */
  ObjectNames names(Session session) {
    return new ObjectNames(catalog.current(), session);
  }

  /** Changes the collections and the catalog in one record. */
  void commit(List<SchemaChange> changes, CatalogChange change) {
    engine.define(new Definition(changes, catalog.encode(change)));
  }

  /** Puts a table in the place of one with the same collection. */
  void replace(TableDefinition table) {
    commit(
        List.of(new SchemaChange.Replace(table.collection())), new CatalogChange.PutTable(table));
  }

  /** What drops all that a table keeps. */
  static List<SchemaChange> drops(TableDefinition table) {
    return table.collections().stream()
        .<SchemaChange>map(each -> new SchemaChange.Drop(each))
        .toList();
  }
}
