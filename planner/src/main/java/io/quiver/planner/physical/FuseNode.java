package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.physical.Fusion.Found;
import io.quiver.planner.rule.LogicalFuse;
import io.quiver.sql.function.FuseColumns;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.FuseWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * FUSE: runs its legs at once, gives each row a place in each, and the rows by their fused score.
 * What a row has besides comes from the first leg that found it.
 *
 * @param legs their plans
 * @param columns of the result
 * @param spec how scores become one
 */
record FuseNode(
    List<PlanNode> legs,
    FuseColumns columns,
    LogicalFuse.Spec spec,
    Optional<Evaluator> topK,
    Optional<Evaluator> rankConstant,
    Optional<Evaluator> weights,
    String label)
    implements PlanNode {
  /** The constant of the paper: Cormack, Clarke and Büttcher, SIGIR 2009. */
  static final double DEFAULT_RANK_CONSTANT = 60;

  private static final @Nullable Object[] NO_ROW = new Object[0];

  @Override
  public RowSource open(Execution execution) {
    Fusion fusion = new Fusion(spec.method(), rankConstant(execution), weights(execution), columns);
    List<List<@Nullable Object[]>> rows = Legs.run(legs, execution);
    List<Found> found = fusion.of(rows);
    Iterator<Found> best =
        found.subList(0, (int) Math.min(found.size(), most(execution))).iterator();
    return () -> best.hasNext() ? best.next().row(columns.names().size()) : null;
  }

  private long most(Execution execution) {
    if (topK.isEmpty()) {
      return Long.MAX_VALUE;
    }
    Object value = topK.get().evaluate(NO_ROW, execution.bindings());
    if (value == null) {
      return 0;
    }
    long rows = RowCount.number(value, "top_k");
    if (rows < 1) {
      throw problem("top_k of FUSE is " + rows + ", less than 1", "ask for at least one row.");
    }
    return rows;
  }

  private double rankConstant(Execution execution) {
    if (rankConstant.isEmpty()) {
      return DEFAULT_RANK_CONSTANT;
    }
    Object value = rankConstant.get().evaluate(NO_ROW, execution.bindings());
    if (value instanceof Number number && number.doubleValue() >= 0) {
      return number.doubleValue();
    }
    throw problem(
        "k of FUSE is " + value + ", not a number of at least 0", "give k a number such as 60.");
  }

  private double[] weights(Execution execution) {
    if (weights.isEmpty()) {
      double[] equal = new double[legs.size()];
      Arrays.fill(equal, 1);
      return equal;
    }
    Object value = weights.get().evaluate(NO_ROW, execution.bindings());
    return Optional.ofNullable(value)
        .flatMap(text -> FuseWeights.read(text.toString(), legs.size()))
        .orElseThrow(
            () ->
                problem(
                    "weights of FUSE are " + value + ", not " + legs.size() + " numbers",
                    "give one of at least 0 for each leg, as in '0.7,0.3'."));
  }

  private RuntimeException problem(String message, String remedy) {
    return SqlProblem.at(ErrorCode.FUNCTION_ARGUMENT_INVALID, spec.position(), message, remedy)
        .asException();
  }

  @Override
  public List<PlanNode> inputs() {
    return new ArrayList<>(legs);
  }

  @Override
  public String describe() {
    return "Fuse(" + label + ")";
  }
}
