package io.quiver.planner.definition;

import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.validate.CatalogSchema;
import io.quiver.sql.validate.QueryValidation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Views that a change would break. A view is kept as text, so it is looked at whether its query
 * still holds rather than what it names.
 */
final class DependentViews {
  private final Catalog catalog;

  DependentViews(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The change, with the views that it breaks dropped.
   *
   * @param cascade whether they are to be dropped; else the change is refused
   * @param position of what is being changed
   */
  CatalogChange keepingViews(
      CatalogChange change, boolean cascade, SqlParserPos position, String what) {
    List<CatalogChange> changes = new ArrayList<>(List.of(change));
    CatalogSnapshot before = catalog.current();
    while (true) {
      CatalogSnapshot after = before.with(new CatalogChange.Several(changes));
      List<ViewDefinition> broken = broken(before, after);
      if (broken.isEmpty()) {
        return changes.size() == 1 ? change : new CatalogChange.Several(changes);
      }
      if (!cascade) {
        ViewDefinition view = broken.getFirst();
        throw DefinitionProblem.at(
            ErrorCode.DEFINITION_IN_USE,
            position,
            "view " + view.schema() + "." + view.name() + " uses " + what,
            "drop or replace the view first.");
      }
      broken.forEach(
          view -> changes.addFirst(new CatalogChange.DropView(view.schema(), view.name())));
    }
  }

  private List<ViewDefinition> broken(CatalogSnapshot before, CatalogSnapshot after) {
    if (after.views().isEmpty()) {
      return List.of();
    }
    CatalogSchema old = new CatalogSchema(before, catalog.systemTables());
    CatalogSchema next = new CatalogSchema(after, catalog.systemTables());
    return after.views().values().stream()
        .filter(view -> !holds(view, next) && holds(view, old))
        .toList();
  }

  private static boolean holds(ViewDefinition view, CatalogSchema schema) {
    try {
      QueryValidation.rowType(schema, view);
      return true;
    } catch (SqlProblemException doesNotHold) {
      return false;
    }
  }
}
