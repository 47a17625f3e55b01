package io.quiver.planner.definition;

import io.quiver.engine.schema.Derivation;
import io.quiver.planner.derive.Recipe;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.IndexKeyClause;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Indexes over what is computed from a column: the terms of a text, a path into JSON.
 *
 * <p>The computed value is kept in an internal column. It outlives its index, because a column's id
 * is never used again, and serves the next index of the same recipe.
 */
final class IndexedExpression {
  /** The table with an index over an expression. */
  TableDefinition index(TableDefinition table, IndexKeyClause key, IndexDefiner definer) {
    throw DefinitionProblem.notYet(
        key.position(),
        "An index over " + IndexDefiner.shown(key.expression()),
        "Keep the value in a column of its own.");
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
    List<ColumnDefinition> columns = new ArrayList<>(table.columns());
    ColumnDefinition terms =
        derived(table, column, recipe)
            .orElseGet(
                () -> {
                  ColumnDefinition added = internal(table, column, recipe);
                  columns.add(added);
                  return added;
                });
    List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
    indexes.add(
        new IndexDefinition(
            options.spec(definer.indexName(column.name(), "bm25"), terms.name()),
            column.name(),
            false));
    return Tables.with(table, columns, indexes);
  }

  private static Optional<ColumnDefinition> derived(
      TableDefinition table, ColumnDefinition source, Recipe recipe) {
    Derivation wanted = new Derivation(source.name(), recipe.text());
    return table.columns().stream()
        .filter(column -> column.derivation().equals(Optional.of(wanted)))
        .findFirst();
  }

  private static ColumnDefinition internal(
      TableDefinition table, ColumnDefinition source, Recipe recipe) {
    int id = Tables.nextColumnId(table);
    return new ColumnDefinition(
        id,
        "$" + source.name() + "$" + id,
        recipe.type(),
        true,
        Visibility.INTERNAL,
        Optional.empty(),
        false,
        Optional.of(new Derivation(source.name(), recipe.text())),
        "");
  }
}
