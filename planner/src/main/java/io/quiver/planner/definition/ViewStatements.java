package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.DropView;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.validate.CatalogSchema;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** CREATE VIEW and DROP VIEW. */
final class ViewStatements {
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;

  ViewStatements(Catalog catalog, DefinitionLog log, DependentViews views) {
    this.catalog = catalog;
    this.log = log;
    this.views = views;
  }

  void create(Session session, CreateView create, StatementText text) {
    ObjectNames names = log.names(session);
    QualifiedName name = names.qualified(create.name());
    CatalogSnapshot current = catalog.current();
    if (current.tables().containsKey(name)
        || (current.views().containsKey(name) && !create.replace())) {
      if (create.ifNotExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_EXISTS,
          create.name().getParserPosition(),
          "There is a table or view " + name + " already",
          "Write CREATE OR REPLACE VIEW, or choose another name.");
    }
    ViewDefinition view =
        new ViewDefinition(
            name.schema(),
            name.name(),
            create.columns().stream().map(SqlIdentifier::getSimple).toList(),
            text.queryOf(create),
            session.schema(),
            "");
    CatalogChange change = new CatalogChange.PutView(view);
    ViewCheck.check(view, create, new CatalogSchema(current.with(change), catalog.systemTables()));
    log.commit(
        List.of(),
        views.keepingViews(change, false, create.name().getParserPosition(), "view " + name));
  }

  void drop(Session session, DropView drop) {
    QualifiedName name = log.names(session).qualified(drop.name());
    if (!catalog.current().views().containsKey(name)) {
      if (drop.ifExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_UNKNOWN,
          drop.name().getParserPosition(),
          "No view " + name,
          "See information_schema.views for the views there are.");
    }
    log.commit(
        List.of(),
        views.keepingViews(
            new CatalogChange.DropView(name.schema(), name.name()),
            false,
            drop.name().getParserPosition(),
            "view " + name));
  }
}
