package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.expression.UnsupportedExpressionException;
import io.quiver.planner.expression.ValueKey;
import io.quiver.planner.expression.ValueOrder;
import io.quiver.planner.rule.FreeVariables;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sub-queries in expressions: each is a plan of its own, run when its value is asked for.
 *
 * <p>One that reads no outer row runs once a statement; its rows are kept.
 */
final class SubQueries implements ExpressionCompiler.SubQueryCompiler {
  private final Function<RelNode, PlanNode> planner;
  private final Map<RexSubQuery, SubQuery> planned = new IdentityHashMap<>();

  SubQueries(Function<RelNode, PlanNode> planner) {
    this.planner = planner;
  }

  /** One sub-query's plan. */
  record SubQuery(PlanNode plan, boolean correlated) {
    /** The rows, all of them. */
    Rows rows(Execution execution) {
      if (correlated) {
        return forOneRow(execution, part -> Rows.of(plan, part));
      }
      if (execution.kept(plan) instanceof Rows rows) {
        return rows;
      }
      Rows rows = Rows.of(plan, execution);
      execution.keep(plan, rows);
      return rows;
    }
  }

  /** The rows of a sub-query; values of its first column also as a set. */
  record Rows(List<@Nullable Object[]> all, Set<Object> first, boolean hasNull) {
    static Rows of(PlanNode plan, Execution execution) {
      List<@Nullable Object[]> all = new ArrayList<>();
      Set<Object> first = new HashSet<>();
      boolean hasNull = false;
      try (RowSource source = execution.open(plan)) {
        @Nullable Object[] row = source.next();
        while (row != null) {
          execution.memory().keep(row);
          all.add(row);
          Object value = row.length == 0 ? null : row[0];
          if (value == null) {
            hasNull = true;
          } else {
            first.add(ValueKey.of(value));
          }
          row = source.next();
        }
      }
      return new Rows(all, first, hasNull);
    }
  }

  SubQuery plan(RexSubQuery subQuery) {
    SubQuery known = planned.get(subQuery);
    if (known == null) {
      known = new SubQuery(planner.apply(subQuery.rel), FreeVariables.any(subQuery.rel));
      planned.put(subQuery, known);
    }
    return known;
  }

  @Override
  public Evaluator compile(RexSubQuery subQuery, Evaluator[] operands) {
    SubQuery plan = plan(subQuery);
    return switch (subQuery.getKind()) {
      case SCALAR_QUERY -> (row, bindings) -> scalar(plan, execution(bindings));
      case EXISTS -> (row, bindings) -> exists(plan, execution(bindings));
      case IN -> in(plan, operands);
      case SOME ->
          some(plan, operands, ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind);
      case ARRAY_QUERY_CONSTRUCTOR ->
          (row, bindings) -> {
            List<@Nullable Object> values = new ArrayList<>();
            plan.rows(execution(bindings)).all.forEach(each -> values.add(each[0]));
            return values;
          };
      default -> throw new UnsupportedExpressionException(subQuery.toString());
    };
  }

  private static Execution execution(io.quiver.planner.expression.Bindings bindings) {
    return ((Execution) bindings.run()).with(bindings);
  }

  /** Runs what reads an outer row, and releases what that kept. */
  private static <T> T forOneRow(Execution execution, Function<Execution, T> run) {
    Execution part = execution.part();
    try {
      return run.apply(part);
    } finally {
      part.memory().releaseAll();
    }
  }

  private static @Nullable Object scalar(SubQuery plan, Execution execution) {
    List<@Nullable Object[]> rows = plan.rows(execution).all;
    if (rows.size() > 1) {
      throw SqlProblem.of(
              ErrorCode.SUBQUERY_ROWS,
              "a sub-query that stands for one value gave " + rows.size() + " rows",
              "narrow it to one row, or add LIMIT 1.")
          .asException();
    }
    return rows.isEmpty() ? null : rows.getFirst()[0];
  }

  private static Object exists(SubQuery plan, Execution execution) {
    if (!plan.correlated) {
      return !plan.rows(execution).all.isEmpty();
    }
    return forOneRow(
        execution,
        part -> {
          try (RowSource source = part.open(plan.plan)) {
            return source.next() != null;
          }
        });
  }

  private static Evaluator in(SubQuery plan, Evaluator[] operands) {
    if (operands.length == 1) {
      return (row, bindings) -> {
        Rows rows = plan.rows(execution(bindings));
        if (rows.all.isEmpty()) {
          return false;
        }
        Object value = operands[0].evaluate(row, bindings);
        if (value == null) {
          return null;
        }
        return rows.first.contains(ValueKey.of(value))
            ? (Object) true
            : rows.hasNull ? null : false;
      };
    }
    return (row, bindings) -> {
      boolean unknown = false;
      for (@Nullable Object[] each : plan.rows(execution(bindings)).all) {
        Boolean equal = equal(operands, each, row, bindings);
        if (Boolean.TRUE.equals(equal)) {
          return true;
        }
        unknown |= equal == null;
      }
      return unknown ? null : false;
    };
  }

  private static @Nullable Boolean equal(
      Evaluator[] operands,
      @Nullable Object[] values,
      @Nullable Object[] row,
      io.quiver.planner.expression.Bindings bindings) {
    boolean unknown = false;
    for (int i = 0; i < operands.length; i++) {
      Object operand = operands[i].evaluate(row, bindings);
      Object value = values[i];
      if (operand == null || value == null) {
        unknown = true;
      } else if (ValueOrder.compare(operand, value) != 0) {
        return false;
      }
    }
    return unknown ? null : true;
  }

  private static Evaluator some(SubQuery plan, Evaluator[] operands, SqlKind comparison) {
    return (row, bindings) -> {
      Object value = operands[0].evaluate(row, bindings);
      boolean unknown = false;
      for (@Nullable Object[] each : plan.rows(execution(bindings)).all) {
        Object other = each[0];
        if (value == null || other == null) {
          unknown = true;
        } else if (holds(comparison, ValueOrder.compare(value, other))) {
          return true;
        }
      }
      return unknown ? null : false;
    };
  }

  private static boolean holds(SqlKind comparison, int compared) {
    return switch (comparison) {
      case EQUALS -> compared == 0;
      case NOT_EQUALS -> compared != 0;
      case LESS_THAN -> compared < 0;
      case LESS_THAN_OR_EQUAL -> compared <= 0;
      case GREATER_THAN -> compared > 0;
      case GREATER_THAN_OR_EQUAL -> compared >= 0;
      default -> throw new IllegalStateException("Not a comparison: " + comparison);
    };
  }
}
