package io.quiver.planner.definition;

import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.validate.CatalogSchema;
import io.quiver.sql.validate.QueryValidation;

/** Whether a view that is being defined can be read. */
final class ViewCheck {
  private ViewCheck() {}

  /**
   * @param schema the catalog with the view in it
   */
  static void check(ViewDefinition view, CreateView statement, CatalogSchema schema) {
    ViewDefinition plain =
        new ViewDefinition(
            view.schema(), view.name(), java.util.List.of(), view.query(), view.path(), "");
    int width;
    try {
      width = QueryValidation.rowType(schema, plain).getFieldCount();
    } catch (QueryValidation.ViewReadsItselfException cycle) {
      throw readsItself(statement);
    }
    if (!view.columns().isEmpty() && view.columns().size() != width) {
      throw DefinitionProblem.at(
          ErrorCode.VIEW_INVALID,
          statement.columns().getFirst().getParserPosition(),
          "view "
              + statement.name()
              + " names "
              + view.columns().size()
              + " columns, and its query gives "
              + width,
          "name one a column, or none.");
    }
  }

  private static RuntimeException readsItself(CreateView statement) {
    return DefinitionProblem.at(
        ErrorCode.VIEW_INVALID,
        statement.name().getParserPosition(),
        "the query of view " + statement.name() + " reads the view itself",
        "name the table under it.");
  }
}
