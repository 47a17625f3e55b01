package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** Names as statements give them, looked up in one version of the catalog. */
final class ObjectNames {
  private final CatalogSnapshot catalog;
  private final Session session;

  ObjectNames(CatalogSnapshot catalog, Session session) {
    this.catalog = catalog;
    this.session = session;
  }

  /** The name with its schema, which must exist. */
  QualifiedName qualified(SqlIdentifier name) {
    List<String> parts = name.names;
    if (parts.size() > 2) {
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_UNKNOWN,
          name.getParserPosition(),
          "The name " + name + " has " + parts.size() + " parts",
          "Write schema.name; there are no catalogs above schemas.");
    }
    String schema = parts.size() == 2 ? parts.getFirst() : session.schema();
    if (!catalog.schemas().contains(schema)) {
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_UNKNOWN,
          name.getParserPosition(),
          "No schema " + schema,
          NearestName.of(schema, catalog.schemas())
              .map(near -> "Did you mean " + near + "?")
              .orElse("Create it with CREATE SCHEMA " + schema + "."));
    }
    return new QualifiedName(schema, parts.getLast());
  }

  /** The table of this name, which must exist. */
  TableDefinition table(SqlIdentifier name) {
    QualifiedName qualified = qualified(name);
    return catalog
        .table(qualified.schema(), qualified.name())
        .orElseThrow(() -> noTable(name, qualified));
  }

  private RuntimeException noTable(SqlIdentifier name, QualifiedName qualified) {
    if (catalog.view(qualified.schema(), qualified.name()).isPresent()) {
      return DefinitionProblem.at(
          ErrorCode.OBJECT_KIND_WRONG,
          name.getParserPosition(),
          name + " is a view, not a table",
          "Name the table under the view.");
    }
    List<String> names =
        catalog.tablesOf(qualified.schema()).stream().map(TableDefinition::name).toList();
    return DefinitionProblem.at(
        ErrorCode.TABLE_UNKNOWN,
        name.getParserPosition(),
        "No table " + name,
        NearestName.of(qualified.name(), names)
            .map(near -> "Did you mean " + near + "?")
            .orElse("See information_schema.tables for the tables there are."));
  }
}
