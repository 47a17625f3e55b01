package io.quiver.hibernate;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslator;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.ast.tree.insert.ConflictClause;
import org.hibernate.sql.ast.tree.select.QueryPart;
import org.hibernate.sql.exec.spi.JdbcOperation;
import org.jspecify.annotations.Nullable;

/** Standard SQL, LIMIT and OFFSET, and ON CONFLICT as PostgreSQL writes it. */
final class QuiverSqlTranslator<T extends JdbcOperation> extends StandardSqlAstTranslator<T> {
  QuiverSqlTranslator(SessionFactoryImplementor sessionFactory, Statement statement) {
    super(sessionFactory, statement);
  }

  @Override
  protected void visitConflictClause(@Nullable ConflictClause clause) {
    visitStandardConflictClause(clause);
  }

  @Override
  public void visitOffsetFetchClause(QueryPart queryPart) {
    if (!isRowNumberingCurrentQueryPart()) {
      renderLimitOffsetClause(queryPart);
    }
  }
}
