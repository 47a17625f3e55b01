package io.quiver.planner.definition;

import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.parser.CommentOn;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * COMMENT ON as the change of the catalog that it is.
 *
 * @param indexOwner the table that has the index of a name
 */
record CommentDefiner(
    CatalogSnapshot catalog,
    ObjectNames names,
    Function<SqlIdentifier, TableDefinition> indexOwner) {
  CatalogChange change(CommentOn statement) {
    String comment = statement.comment() == null ? "" : statement.comment();
    SqlIdentifier name = statement.name();
    return switch (statement.target()) {
      case TABLE -> {
        TableDraft table = new TableDraft(names.table(name));
        table.comment = comment;
        yield new CatalogChange.PutTable(table.buildSameVersion());
      }
      case COLUMN -> column(name, comment);
      case INDEX -> {
        TableDraft table = new TableDraft(indexOwner.apply(name));
        table.indexes.replaceAll(
            each ->
                each.name().equals(name.names.getLast())
                    ? new IndexDefinition(each.spec(), each.expression(), each.automatic(), comment)
                    : each);
        yield new CatalogChange.PutTable(table.buildSameVersion());
      }
      case VIEW -> view(name, comment);
      case SCHEMA -> {
        String schema = name.names.getLast();
        if (!catalog.schemas().contains(schema)) {
          throw DefinitionProblem.at(
              ErrorCode.SCHEMA_UNKNOWN,
              name.getParserPosition(),
              "No schema " + schema,
              NearestName.of(schema, catalog.schemas())
                  .map(near -> "Did you mean " + near + "?")
                  .orElse("The schemas are " + String.join(", ", catalog.schemas()) + "."));
        }
        yield new CatalogChange.CommentSchema(schema, comment);
      }
    };
  }

  private CatalogChange column(SqlIdentifier name, String comment) {
    if (name.names.size() < 2) {
      throw DefinitionProblem.at(
          ErrorCode.COLUMN_UNKNOWN,
          name.getParserPosition(),
          "column " + name + " is named without its table",
          "write table.column.");
    }
    SqlIdentifier owner =
        new SqlIdentifier(
            name.names.subList(0, name.names.size() - 1), null, SqlParserPos.ZERO, positions(name));
    TableDraft table = new TableDraft(names.table(owner));
    String column = name.names.getLast();
    List<String> columns =
        table.columns.stream()
            .filter(each -> each.visibility() != Visibility.INTERNAL)
            .map(ColumnDefinition::name)
            .toList();
    if (!columns.contains(column)) {
      throw DefinitionProblem.at(
          ErrorCode.COLUMN_UNKNOWN,
          name.getComponentParserPosition(name.names.size() - 1),
          "table " + table.name + " has no column " + column,
          NearestName.remedy(
              column, columns, "the columns are " + String.join(", ", columns) + "."));
    }
    table.change(column, each -> each.draft().comment(comment).build());
    return new CatalogChange.PutTable(table.buildSameVersion());
  }

  private static List<SqlParserPos> positions(SqlIdentifier name) {
    return java.util.stream.IntStream.range(0, name.names.size() - 1)
        .mapToObj(name::getComponentParserPosition)
        .toList();
  }

  private CatalogChange view(SqlIdentifier name, String comment) {
    QualifiedName qualified = names.qualified(name);
    ViewDefinition view =
        catalog
            .view(qualified.schema(), qualified.name())
            .orElseThrow(
                () ->
                    DefinitionProblem.at(
                        ErrorCode.TABLE_UNKNOWN,
                        name.getParserPosition(),
                        "No view " + name,
                        "See information_schema.views for the views there are."));
    return new CatalogChange.PutView(
        new ViewDefinition(
            view.schema(), view.name(), view.columns(), view.query(), view.path(), comment));
  }
}
