package io.quiver.hibernate;

import java.util.List;
import org.hibernate.query.sqm.function.AbstractSqmSelfRenderingSetReturningFunctionDescriptor;
import org.hibernate.query.sqm.produce.function.StandardArgumentsValidators;
import org.hibernate.query.sqm.tuple.internal.AnonymousTupleTableGroupProducer;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.spi.SqlAppender;
import org.hibernate.sql.ast.tree.SqlAstNode;

/**
 * A search as a table of HQL: {@code from vector_search('Passage', 'embedding', :q, 10) v}, entity
 * and attribute as literals. A condition on it is part of the search.
 */
final class SearchFunction extends AbstractSqmSelfRenderingSetReturningFunctionDescriptor {
  private static final SearchRows ROWS = new SearchRows();

  /**
   * @param name of Quiver's function, lower case
   */
  SearchFunction(String name) {
    super(name, StandardArgumentsValidators.exactly(4), ROWS, ROWS);
  }

  @Override
  public void render(
      SqlAppender sql,
      List<? extends SqlAstNode> arguments,
      AnonymousTupleTableGroupProducer rows,
      String alias,
      SqlAstTranslator<?> walker) {
    SearchedEntity searched =
        SearchedEntity.named(
            SearchRows.text(arguments.get(0)),
            walker.getSessionFactory().getJpaMetamodel(),
            walker.getSessionFactory().getMappingMetamodel());
    String column = searched.attribute(SearchRows.text(arguments.get(1))).getSelectionExpression();
    sql.appendSql(getName());
    // As identifiers: the names are folded or quoted as they are wherever else Hibernate writes
    // them.
    sql.appendSql("(data => table ");
    sql.appendSql(searched.table());
    sql.appendSql(", col => descriptor(");
    sql.appendSql(column);
    sql.appendSql("), query => ");
    arguments.get(2).accept(walker);
    sql.appendSql(", top_k => ");
    arguments.get(3).accept(walker);
    sql.appendSql(")");
  }
}
