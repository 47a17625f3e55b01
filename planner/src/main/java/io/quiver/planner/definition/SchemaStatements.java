package io.quiver.planner.definition;

import io.quiver.engine.write.SchemaChange;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CreateSchema;
import io.quiver.sql.parser.DropSchema;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.ArrayList;
import java.util.List;

/** CREATE SCHEMA and DROP SCHEMA. */
final class SchemaStatements {
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;

  SchemaStatements(Catalog catalog, DefinitionLog log, DependentViews views) {
    this.catalog = catalog;
    this.log = log;
    this.views = views;
  }

  void create(CreateSchema create) {
    String name = create.name().names.getLast();
    if (catalog.current().schemas().contains(name)) {
      if (create.ifNotExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_EXISTS,
          create.name().getParserPosition(),
          "There is a schema " + name + " already",
          "Write CREATE SCHEMA IF NOT EXISTS, or choose another name.");
    }
    log.commit(List.of(), new CatalogChange.CreateSchema(name));
  }

  void drop(DropSchema drop) {
    String name = drop.name().names.getLast();
    CatalogSnapshot current = catalog.current();
    if (!current.schemas().contains(name)) {
      if (drop.ifExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_UNKNOWN,
          drop.name().getParserPosition(),
          "No schema " + name,
          NearestName.of(name, current.schemas())
              .map(near -> "Did you mean " + near + "?")
              .orElse("The schemas are " + String.join(", ", current.schemas()) + "."));
    }
    List<SchemaChange> changes = new ArrayList<>();
    List<CatalogChange> parts = new ArrayList<>();
    current.views().keySet().stream()
        .filter(view -> view.schema().equals(name))
        .forEach(view -> parts.add(new CatalogChange.DropView(name, view.name())));
    for (TableDefinition table : current.tablesOf(name)) {
      changes.addAll(DefinitionLog.drops(table));
      parts.add(new CatalogChange.DropTable(name, table.name()));
    }
    boolean isDefault = name.equals(CatalogSnapshot.DEFAULT_SCHEMA);
    if (isDefault || (!parts.isEmpty() && !drop.cascade())) {
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_NOT_EMPTY,
          drop.name().getParserPosition(),
          isDefault
              ? "Every database has a schema " + name
              : "Schema " + name + " has tables or views",
          "Drop its tables and views, and leave the schema.");
    }
    parts.add(new CatalogChange.DropSchema(name));
    CatalogChange change =
        views.keepingViews(
            new CatalogChange.Several(parts),
            drop.cascade(),
            drop.name().getParserPosition(),
            "schema " + name);
    log.commit(changes, change);
  }
}
