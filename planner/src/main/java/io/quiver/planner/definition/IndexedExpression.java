package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.IndexKeyClause;

/** Indexes over what is computed from a column: the terms of a text, a path into JSON. */
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
    throw DefinitionProblem.notYet(
        key.position(), "A BM25 index over " + column.name(), "Keep terms in a SPARSEVEC column.");
  }
}
