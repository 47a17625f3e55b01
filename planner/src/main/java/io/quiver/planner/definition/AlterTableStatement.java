package io.quiver.planner.definition;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.Session;
import io.quiver.planner.write.WriteProblems;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.parser.AlterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE, and what is one by another name: unique indexes. */
final class AlterTableStatement {
  private static final Object[] NO_PARAMETERS = {};

  private final VectorEngine engine;
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;

  AlterTableStatement(
      VectorEngine engine, Catalog catalog, DefinitionLog log, DependentViews views) {
    this.engine = engine;
    this.catalog = catalog;
    this.log = log;
    this.views = views;
  }

  /**
   * Carries it out. Nobody else commits meanwhile, so that what is found of the rows there are
   * holds when the definition stands. The values of a new unique constraint are written before it.
   */
  void alter(
      Session session, AlterTable alter, StatementText text, QueryRunner queries, StopSignal stop) {
    ObjectNames names = log.names(session);
    if (alter.ifExists()
        && !catalog.current().tables().containsKey(names.qualified(alter.name()))) {
      return;
    }
    TableDefinition before = names.table(alter.name());
    engine.whilePaused(
        () -> {
          try (Snapshot snapshot = engine.snapshot()) {
            StoredRows rows =
                new StoredRows(
                    snapshot.collection(before.id()),
                    queries.execution(session, NO_PARAMETERS, stop, snapshot, Optional.empty()));
            TableDefinition after =
                new TableAlterer(
                        before, catalog.current(), rows, text::of, engine::nextCollectionId)
                    .alter(alter.changes());
            TableStatements.checkDimensions(
                session,
                after.columns().stream()
                    .filter(column -> !before.columns().contains(column))
                    .toList(),
                alter.name().getParserPosition());
            CatalogChange change =
                views.keepingViews(
                    tableChange(before, after),
                    false,
                    alter.name().getParserPosition(),
                    "table " + before.name());
            fillUniques(before, after, rows, snapshot.position());
            engine.define(
                new Definition(schemaChanges(before, after), catalog.encode(change)),
                rows.made(after));
            return after;
          }
        });
  }

  private static CatalogChange tableChange(TableDefinition before, TableDefinition after) {
    CatalogChange put = new CatalogChange.PutTable(after);
    return before.name().equals(after.name())
        ? put
        : new CatalogChange.Several(
            List.of(new CatalogChange.DropTable(before.schema(), before.name()), put));
  }

  /** Makes and fills the collections of unique constraints that are new. */
  private void fillUniques(
      TableDefinition before, TableDefinition after, StoredRows rows, long position) {
    for (UniqueDefinition unique : after.uniques()) {
      boolean known =
          before.uniques().stream().anyMatch(each -> each.collection() == unique.collection());
      if (!known) {
        WriteBatch entries = rows.entries(unique, after);
        log.commit(
            List.of(new SchemaChange.Create(after.entries(unique))),
            new CatalogChange.Several(List.of()));
        try {
          engine.commit(List.of(entries), position);
        } catch (DuplicateKeyException duplicate) {
          log.commit(
              List.of(new SchemaChange.Drop(unique.collection())),
              new CatalogChange.Several(List.of()));
          throw WriteProblems.notUnique(unique, before.name(), duplicate.key());
        }
      }
    }
  }

  private static List<SchemaChange> schemaChanges(TableDefinition before, TableDefinition after) {
    List<SchemaChange> changes = new ArrayList<>();
    changes.add(new SchemaChange.Replace(after.collection()));
    if (before.sequences() == 0 && after.sequences() != 0) {
      changes.add(new SchemaChange.Create(after.sequenceRows()));
    }
    for (UniqueDefinition unique : before.uniques()) {
      boolean kept =
          after.uniques().stream().anyMatch(each -> each.collection() == unique.collection());
      if (!kept && unique.collection() != 0) {
        changes.add(new SchemaChange.Drop(unique.collection()));
      }
    }
    return changes;
  }
}
