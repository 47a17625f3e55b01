package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * What Calcite runs: its enumerable relations, compiled once when the plan is made. Vectors and
 * bytes are wrapped on the way in and unwrapped on the way out.
 */
final class EnumerableNode implements PlanNode {
  private static final Object COMPILING = new Object();

  private final Bindable<?> compiled;
  private final Map<String, Object> stashed;
  private final GeneratedValues values;
  private final int width;
  private final List<PlanNode> inputs;
  private final String label;

  private EnumerableNode(EnumerableRel rel, String label) {
    Map<String, Object> objects = new HashMap<>();
    // The type factory all plans share keeps the classes it makes for code in a plain map.
    synchronized (COMPILING) {
      this.compiled =
          EnumerableInterpretable.toBindable(objects, null, rel, EnumerableRel.Prefer.ARRAY);
    }
    this.stashed = Map.copyOf(objects);
    this.values = GeneratedValues.of(rel.getRowType());
    this.width = rel.getRowType().getFieldCount();
    List<PlanNode> found = new ArrayList<>();
    collectInputs(rel, found);
    this.inputs = List.copyOf(found);
    this.label = label;
  }

  static EnumerableNode of(EnumerableRel rel, String label) {
    return new EnumerableNode(rel, label);
  }

  private static void collectInputs(RelNode rel, List<PlanNode> found) {
    if (rel instanceof QuiverInput input) {
      found.add(input.plan());
    } else {
      rel.getInputs().forEach(each -> collectInputs(each, found));
    }
  }

  @Override
  public RowSource open(Execution execution) {
    Enumerator<?> enumerator = compiled.bind(new GeneratedContext(execution, stashed)).enumerator();
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        if (!enumerator.moveNext()) {
          return null;
        }
        Object current = enumerator.current();
        return values.fromGenerated(row(current));
      }

      @Override
      public void close() {
        enumerator.close();
      }
    };
  }

  /** A row of a single column is its value; most others are arrays, and some are lists. */
  private @Nullable Object[] row(@Nullable Object current) {
    if (width == 1) {
      return new @Nullable Object[] {current};
    }
    return switch (current) {
      case Object[] array -> array.clone();
      case List<?> list -> list.toArray();
      case null, default -> throw new IllegalStateException("Not a row: " + current);
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return inputs;
  }

  @Override
  public String describe() {
    return label;
  }
}
