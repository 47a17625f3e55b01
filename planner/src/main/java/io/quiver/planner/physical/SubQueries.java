package io.quiver.planner.physical;

import io.quiver.planner.expression.Bindings;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.expression.UnsupportedExpressionException;
import io.quiver.planner.expression.ValueOrder;
import io.quiver.planner.rule.FreeVariables;
import io.quiver.planner.rule.OuterFields;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sub-queries in expressions: each is a plan of its own, run when its value is asked for.
 *
 * <p>One that reads no outer row runs once a statement; one that does runs once for each different
 * values of the fields it reads. Within it, what reads no outer row is read once: see {@link
 * HashLookupNode} and {@link SpoolNode}.
 */
final class SubQueries implements ExpressionCompiler.SubQueryCompiler {
  /** Makes the plan of a sub-query. */
  @FunctionalInterface
  interface Planning {
    /**
     * @param repeated whether it runs again and again, for different outer rows
     */
    PlanNode plan(RelNode rel, boolean repeated);
  }

  private final Planning planning;
  private final Map<RexSubQuery, SubQuery> planned = new IdentityHashMap<>();
  private final List<SubQueryNode> nodes = new ArrayList<>();

  SubQueries(Planning planning) {
    this.planning = planning;
  }

  /** The plans of all sub-queries met so far. */
  List<SubQueryNode> nodes() {
    return List.copyOf(nodes);
  }

  /** One sub-query's plan. */
  record SubQuery(SubQueryNode plan) {
    boolean correlated() {
      return plan.correlated();
    }

    /** The rows, all of them. */
    Rows rows(Execution execution) {
      if (correlated()) {
        return answer(Rows.class, execution, part -> Rows.of(plan, part));
      }
      if (execution.kept(plan) instanceof Rows rows) {
        return rows;
      }
      Rows rows = Rows.of(plan, execution);
      execution.keep(plan, rows);
      return rows;
    }

    /** Whether there is any row. */
    boolean exists(Execution execution) {
      if (!correlated()) {
        return !rows(execution).all().isEmpty();
      }
      return answer(
          Boolean.class,
          execution,
          part -> {
            try (RowSource source = part.open(plan)) {
              return source.next() != null;
            }
          });
    }

    /** What it gives for the outer rows of now, remembered where equal ones give the same. */
    private <T> T answer(Class<T> type, Execution execution, Function<Execution, T> run) {
      if (plan.reads().isEmpty()) {
        return forOneRow(execution, run);
      }
      SubQueryMemo memo;
      if (execution.kept(plan) instanceof SubQueryMemo known) {
        memo = known;
      } else {
        memo = new SubQueryMemo(plan.reads().get());
        execution.keep(plan, memo);
      }
      return memo.answer(
          type, execution.bindings(), execution.memory(), () -> forOneRow(execution, run));
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
  }

  /** The rows of a sub-query. */
  static final class Rows {
    private final List<@Nullable Object[]> all;
    private @Nullable RowSet set;

    private Rows(List<@Nullable Object[]> all) {
      this.all = all;
    }

    static Rows of(PlanNode plan, Execution execution) {
      List<@Nullable Object[]> all = new ArrayList<>();
      try (RowSource source = execution.open(plan)) {
        @Nullable Object[] row = source.next();
        while (row != null) {
          execution.memory().keep(row);
          all.add(row);
          row = source.next();
        }
      }
      return new Rows(all);
    }

    List<@Nullable Object[]> all() {
      return all;
    }

    /** The rows as a set, made when it is first asked for. */
    RowSet set(boolean hashed) {
      RowSet made = set;
      if (made == null) {
        made = RowSet.of(all, hashed);
        set = made;
      }
      return made;
    }
  }

  SubQuery plan(RexSubQuery subQuery) {
    SubQuery known = planned.get(subQuery);
    if (known == null) {
      boolean correlated = FreeVariables.any(subQuery.rel);
      int place = nodes.size();
      SubQueryNode node =
          new SubQueryNode(
              planning.plan(subQuery.rel, correlated),
              subQuery.getKind().sql,
              correlated,
              OuterFields.of(subQuery.rel));
      nodes.add(place, node);
      known = new SubQuery(node);
      planned.put(subQuery, known);
    }
    return known;
  }

  /** The sub-queries of an expression, planned before, that read no outer row. */
  List<SubQuery> independent(RexNode expression) {
    List<SubQuery> found = new ArrayList<>();
    expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            SubQuery plan = plan(subQuery);
            if (!plan.correlated()) {
              found.add(plan);
            }
            return super.visitSubQuery(subQuery);
          }
        });
    return List.copyOf(found);
  }

  @Override
  public Evaluator compile(RexSubQuery subQuery, Evaluator[] operands) {
    SubQuery plan = plan(subQuery);
    return switch (subQuery.getKind()) {
      case SCALAR_QUERY -> (row, bindings) -> scalar(plan, execution(bindings));
      case EXISTS -> (row, bindings) -> plan.exists(execution(bindings));
      case IN -> in(plan, operands, isHashed(subQuery));
      case SOME ->
          some(plan, operands, ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind);
      case ARRAY_QUERY_CONSTRUCTOR ->
          (row, bindings) -> {
            List<@Nullable Object> values = new ArrayList<>();
            plan.rows(execution(bindings)).all().forEach(each -> values.add(each[0]));
            return values;
          };
      default -> throw new UnsupportedExpressionException(subQuery.toString());
    };
  }

  private static Execution execution(Bindings bindings) {
    return ((Execution) bindings.run()).with(bindings);
  }

  private static @Nullable Object scalar(SubQuery plan, Execution execution) {
    List<@Nullable Object[]> rows = plan.rows(execution).all();
    if (rows.size() > 1) {
      throw SqlProblem.of(
              ErrorCode.SUBQUERY_ROWS,
              "a sub-query that stands for one value gave " + rows.size() + " rows",
              "narrow it to one row, or add LIMIT 1.")
          .asException();
    }
    return rows.isEmpty() ? null : rows.getFirst()[0];
  }

  /** Whether equal values of both sides have equal keys: not where they are of different types. */
  private static boolean isHashed(RexSubQuery subQuery) {
    for (int i = 0; i < subQuery.getOperands().size(); i++) {
      if (!TiedFields.areAlike(
          subQuery.getOperands().get(i).getType(),
          subQuery.rel.getRowType().getFieldList().get(i).getType())) {
        return false;
      }
    }
    return true;
  }

  private static Evaluator in(SubQuery plan, Evaluator[] operands, boolean hashed) {
    return (row, bindings) -> {
      Rows rows = plan.rows(execution(bindings));
      if (rows.all().isEmpty()) {
        return false;
      }
      @Nullable Object[] values = new Object[operands.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = operands[i].evaluate(row, bindings);
      }
      return rows.set(hashed).contains(values);
    };
  }

  private static Evaluator some(SubQuery plan, Evaluator[] operands, SqlKind comparison) {
    return (row, bindings) -> {
      Object value = operands[0].evaluate(row, bindings);
      boolean unknown = false;
      for (@Nullable Object[] each : plan.rows(execution(bindings)).all()) {
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
