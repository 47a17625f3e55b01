package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access.Target;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.problem.ErrorCode;
import java.util.Optional;

/** What a privilege or a key is for, found by the names of a statement. */
final class GrantTarget {
  private GrantTarget() {}

  static Target of(CatalogSnapshot catalog, Session session, AccessCommand.On on) {
    ObjectNames names = new ObjectNames(catalog, session);
    if (on.schema()) {
      String schema = on.name().getSimple();
      if (!catalog.schemas().contains(schema)) {
        throw DefinitionProblem.at(
            ErrorCode.SCHEMA_UNKNOWN,
            on.name().getParserPosition(),
            "No schema " + schema,
            "See information_schema.schemata for the schemas there are.");
      }
      return new Target(schema, Optional.empty(), Optional.empty());
    }
    QualifiedName name = names.qualified(on.name());
    if (catalog.views().containsKey(name)) {
      return new Target(name.schema(), Optional.empty(), Optional.of(name.name()));
    }
    TableDefinition table = names.table(on.name());
    return new Target(table.schema(), Optional.of(table.id()), Optional.empty());
  }
}
