package io.quiver.planner.definition;

import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.planner.derive.IndexableExpression;
import io.quiver.planner.derive.Recipe;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.IndexKeyClause;
import io.quiver.sql.problem.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/**
 * Indexes over what is computed from a column: the terms of a text, a path into JSON.
 *
 * <p>The computed value is kept in an internal column. It outlives its index, because a column's id
 * is never used again, and serves the next index of the same recipe.
 */
final class IndexedExpression {
  private final CatalogSnapshot catalog;
  private final Function<SqlNode, String> textOf;

  /**
   * @param textOf the text of an expression as the statement writes it
   */
  IndexedExpression(CatalogSnapshot catalog, Function<SqlNode, String> textOf) {
    this.catalog = catalog;
    this.textOf = textOf;
  }

  /** The table with an index over an expression: a typed path into JSON, or an array in it. */
  TableDefinition index(TableDefinition table, IndexKeyClause key, IndexDefiner definer) {
    String text = textOf.apply(key.expression()).strip();
    RexNode expression = new ExpressionCheck(catalog, table).algebra(key.expression());
    IndexableExpression indexable =
        IndexableExpression.of(expression)
            .orElseThrow(
                () ->
                    DefinitionProblem.at(
                        ErrorCode.INDEX_INVALID,
                        key.position(),
                        "an index cannot be over " + text,
                        "index a column, JSON_VALUE(column, '$.path' RETURNING type), or"
                            + " JSON_QUERY(column, '$.array')."));
    ColumnDefinition source =
        table.columns().stream()
            .filter(each -> each.visibility() != Visibility.INTERNAL)
            .toList()
            .get(indexable.field());
    for (IndexDefinition index : table.indexes()) {
      Optional<Derivation> derivation =
          table.columns().get(table.ordinal(index.spec().column()).orElseThrow()).derivation();
      if (derivation.equals(
          Optional.of(new Derivation(source.name(), indexable.recipe().text())))) {
        throw DefinitionProblem.at(
            ErrorCode.INDEX_EXISTS,
            key.position(),
            "Index " + index.name() + " is over " + index.expression() + " already",
            "Drop it first with DROP INDEX " + index.name() + ".");
      }
    }
    definer.requirePayloadMethod(key);
    TableDraft draft = new TableDraft(table);
    ColumnDefinition value = derivedOrAdded(draft, source, indexable.recipe());
    draft.indexes.add(
        new IndexDefinition(
            new IndexSpec.Payload(
                definer.freeIndexName(source.name() + "_" + indexable.recipe().label()),
                value.name()),
            text,
            false));
    return draft.build();
  }

  /** The table with a BM25 index over a text column. */
  TableDefinition textIndex(
      TableDefinition table, ColumnDefinition column, IndexKeyClause key, IndexDefiner definer) {
    if (!(column.type() instanceof SqlColumnType.Scalar scalar)
        || scalar.type() != ScalarType.VARCHAR) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          key.position(),
          "A BM25 index is over text, and " + column.name() + " is " + column.type().sql(),
          "Index a VARCHAR column.");
    }
    if (key.operatorClass() != null) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          key.operatorClass().getParserPosition(),
          "A BM25 index has no operator class",
          "Leave " + key.operatorClass() + " out.");
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.method().equals("BM25") && index.expression().equals(column.name())) {
        throw DefinitionProblem.at(
            ErrorCode.INDEX_EXISTS,
            key.position(),
            "Index " + index.name() + " is over " + column.name() + " already",
            "Drop it first with DROP INDEX " + index.name() + ".");
      }
    }
    TextIndexOptions options = TextIndexOptions.of(definer.statement().options());
    Recipe recipe = new Recipe.Terms(options.recipe());
    TableDraft draft = new TableDraft(table);
    ColumnDefinition terms = derivedOrAdded(draft, column, recipe);
    draft.indexes.add(
        new IndexDefinition(
            options.spec(definer.indexName(column.name(), "bm25"), terms.name()),
            column.name(),
            false));
    return draft.build();
  }

  private static ColumnDefinition derivedOrAdded(
      TableDraft draft, ColumnDefinition source, Recipe recipe) {
    Derivation wanted = new Derivation(source.name(), recipe.text());
    Optional<ColumnDefinition> known =
        draft.columns.stream()
            .filter(column -> column.derivation().equals(Optional.of(wanted)))
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    int id = draft.takeColumnId();
    ColumnDefinition added =
        new ColumnDefinition(
            id,
            "$" + source.name() + "$" + id,
            recipe.type(),
            true,
            Visibility.INTERNAL,
            Optional.empty(),
            false,
            Optional.of(wanted),
            "");
    draft.columns.add(added);
    return added;
  }
}
