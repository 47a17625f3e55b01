package io.quiver.planner.physical;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several inputs, one input after the other. Where each of them is a search, whose rows
 * are few, they run at once: so a hybrid query in plain SQL takes as long as its longest leg.
 *
 * @param searches whether each input is a search
 */
record UnionAllNode(List<PlanNode> inputs, boolean searches) implements PlanNode {
  /** Over these inputs. */
  static UnionAllNode of(List<PlanNode> inputs) {
    return new UnionAllNode(
        inputs, inputs.size() > 1 && inputs.stream().allMatch(UnionAllNode::isSearch));
  }

  private static boolean isSearch(PlanNode node) {
    return switch (node) {
      case SearchNode search -> search.request().topK().isPresent();
      case ProjectNode project -> isSearch(project.input());
      case FilterNode filter -> isSearch(filter.input());
      default -> false;
    };
  }

  @Override
  public RowSource open(Execution execution) {
    return searches ? together(execution) : oneAfterTheOther(execution);
  }

  private RowSource together(Execution execution) {
    Iterator<@Nullable Object[]> rows =
        Legs.run(inputs, execution).stream().flatMap(List::stream).iterator();
    return () -> rows.hasNext() ? rows.next() : null;
  }

  private RowSource oneAfterTheOther(Execution execution) {
    return new RowSource() {
      private int following;
      private @Nullable RowSource current;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (true) {
          if (current == null) {
            if (following == inputs.size()) {
              return null;
            }
            current = execution.open(inputs.get(following++));
          }
          @Nullable Object @Nullable [] row = current.next();
          if (row != null) {
            return row;
          }
          current.close();
          current = null;
        }
      }

      @Override
      public void close() {
        if (current != null) {
          current.close();
        }
      }
    };
  }

  @Override
  public String describe() {
    return searches ? "UnionAll(parallel)" : "UnionAll";
  }
}
