package io.quiver.planner;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlanCache.Key;
import io.quiver.sql.parser.StatementShape.Literal;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.JsonSqlType;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A query that runs by the plan of its shape, with its literals for parameters.
 *
 * <p>Where that fails, the query is planned as it was written and run again: the message then shows
 * the user's own text.
 *
 * @param key under which the plan is kept: text, schema and catalog it was made for
 * @param shape the plan
 * @param values of its parameters, of their types
 * @param planner plans the query as it was written
 */
record ShapedQuery(
    String sql,
    Key key,
    PlannedStatement shape,
    @Nullable Object[] values,
    StatementPlanner planner)
    implements PlannedStatement {

  /** A query's literals as values of the parameters of its shape; empty where one does not fit. */
  static Optional<@Nullable Object[]> values(List<Literal> literals, List<RelDataType> types) {
    if (literals.size() != types.size()) {
      return Optional.empty();
    }
    @Nullable Object[] values = new Object[literals.size()];
    for (int i = 0; i < values.length; i++) {
      RelDataType type = types.get(i);
      Object value =
          switch (literals.get(i)) {
            case Literal.VectorText(String text) ->
                QuiverTypeFactory.isVectorLike(type) || isText(type) ? text : null;
            case Literal.Text(String text) -> isText(type) ? text : null;
            case Literal.Whole(long number) -> isWhole(type) ? number : null;
          };
      if (value == null) {
        return Optional.empty();
      }
      try {
        values[i] = ParameterValues.convert(value, type, i + 1);
      } catch (SqlProblemException e) {
        // The user's own text is planned, and the message shows it.
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static boolean isText(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR && !(type instanceof JsonSqlType);
  }

  private static boolean isWhole(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case SMALLINT, INTEGER, BIGINT, DOUBLE -> true;
      default -> false;
    };
  }

  @Override
  public Kind kind() {
    return shape.kind();
  }

  @Override
  public List<String> planLines() {
    return shape.planLines();
  }

  @Override
  public List<ResultColumn> columns() {
    return shape.columns();
  }

  @Override
  public List<RelDataType> parameterTypes() {
    return List.of();
  }

  @Override
  public String countedAs() {
    return shape.sql();
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    try {
      return shape.run(session, values, stop);
    } catch (SqlProblemException e) {
      return planner.plan(sql, session).run(session, parameters, stop);
    }
  }
}
