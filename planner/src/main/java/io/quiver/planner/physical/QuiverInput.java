package io.quiver.planner.physical;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The one way into Calcite's generated code: a plan of ours as its input. */
public final class QuiverInput extends AbstractRelNode implements EnumerableRel {
  private final PlanNode plan;
  private final boolean kept;
  private final RelDataType fields;
  private final double rowCount;

  /**
   * @param kept whether what reads it keeps its rows
   */
  QuiverInput(RelNode logical, PlanNode plan, boolean kept) {
    super(logical.getCluster(), logical.getCluster().traitSetOf(EnumerableConvention.INSTANCE));
    this.plan = plan;
    this.kept = kept;
    this.fields = logical.getRowType();
    this.rowCount = 1000;
  }

  PlanNode plan() {
    return plan;
  }

  @Override
  protected RelDataType deriveRowType() {
    return fields;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("plan", System.identityHashCode(plan));
  }

  @Override
  public double estimateRowCount(RelMetadataQuery query) {
    return rowCount;
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    Stashed stashed = new Stashed(plan, GeneratedValues.of(fields), kept);
    BlockBuilder block = new BlockBuilder();
    block.add(
        Expressions.return_(
            null,
            Expressions.call(
                QuiverInput.class,
                "rows",
                implementor.getRootExpression(),
                implementor.stash(stashed, Stashed.class))));
    return implementor.result(type, block.toBlock());
  }

  /** What generated code is handed. */
  public record Stashed(PlanNode plan, GeneratedValues values, boolean kept) {}

  /** Called by generated code. */
  public static Enumerable<@Nullable Object> rows(DataContext context, Stashed input) {
    Execution execution = ((GeneratedContext) context).execution();
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        return new Rows(execution, input);
      }
    };
  }

  private static final class Rows implements Enumerator<@Nullable Object> {
    private final Execution execution;
    private final Stashed input;
    private RowSource source;
    private @Nullable Object @Nullable [] row;
    private int count;

    Rows(Execution execution, Stashed input) {
      this.execution = execution;
      this.input = input;
      this.source = execution.open(input.plan());
    }

    @Override
    public @Nullable Object current() {
      @Nullable Object[] current = row;
      if (current == null) {
        throw new IllegalStateException("No current row");
      }
      // Generated code takes the row of a single column for its value.
      return current.length == 1 ? current[0] : current;
    }

    @Override
    public boolean moveNext() {
      if ((++count & 1023) == 0) {
        execution.bindings().stop().check();
      }
      @Nullable Object @Nullable [] next = source.next();
      if (next != null && input.kept()) {
        execution.memory().keep(next);
      }
      row = next == null ? null : input.values().toGenerated(next);
      return row != null;
    }

    @Override
    public void reset() {
      source.close();
      source = execution.open(input.plan());
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
