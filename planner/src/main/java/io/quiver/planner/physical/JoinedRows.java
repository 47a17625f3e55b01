package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a join: each left row with the right rows that may match it, in their order, then
 * what an outer join has left of the right.
 */
final class JoinedRows implements RowSource {
  /** The right rows, by number from 0. */
  interface Rights {
    int NONE = -1;

    /** How many there are. */
    int size();

    /** The values of one. */
    @Nullable Object[] row(int right);

    /** The first that may match a left row, or -1. */
    int first(@Nullable Object[] left);

    /** The next that may match the same left row, or -1. */
    int after(int right);
  }

  /**
   * How left and right are put together.
   *
   * @param condition what a pair must fulfil; empty where all that may match do
   */
  record Shape(JoinRelType type, int leftFields, int rightFields, Optional<Evaluator> condition) {}

  private final Shape shape;
  private final Execution execution;
  private final RowSource lefts;
  private final Rights rights;
  private final BitSet matchedRights = new BitSet();
  private @Nullable Object @Nullable [] leftRow;
  private int next;
  private boolean matched;
  private boolean leftsDone;

  JoinedRows(Shape shape, Execution execution, RowSource lefts, Rights rights) {
    this.shape = shape;
    this.execution = execution;
    this.lefts = lefts;
    this.rights = rights;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (!leftsDone) {
      if (leftRow == null) {
        leftRow = lefts.next();
        matched = false;
        if (leftRow == null) {
          leftsDone = true;
          next = 0;
          break;
        }
        next = rights.first(leftRow);
        execution.bindings().stop().check();
      }
      @Nullable Object[] result = withLeft(leftRow);
      if (result != null) {
        return result;
      }
    }
    return unmatchedRight();
  }

  private @Nullable Object @Nullable [] withLeft(@Nullable Object[] row) {
    while (next != Rights.NONE) {
      int index = next;
      next = rights.after(index);
      @Nullable Object[] both = CorrelateNode.joined(row, rights.row(index));
      if (shape.condition().isPresent()
          && !shape.condition().get().isTrue(both, execution.bindings())) {
        continue;
      }
      matched = true;
      matchedRights.set(index);
      switch (shape.type()) {
        case SEMI -> {
          leftRow = null;
          return row;
        }
        case ANTI -> {
          leftRow = null;
          return null;
        }
        default -> {
          return both;
        }
      }
    }
    leftRow = null;
    if (matched) {
      return null;
    }
    return switch (shape.type()) {
      case ANTI -> row;
      case LEFT, FULL -> Arrays.copyOf(row, shape.leftFields() + shape.rightFields());
      default -> null;
    };
  }

  private @Nullable Object @Nullable [] unmatchedRight() {
    if (shape.type() != JoinRelType.RIGHT && shape.type() != JoinRelType.FULL) {
      return null;
    }
    next = matchedRights.nextClearBit(next);
    return next < rights.size()
        ? CorrelateNode.joined(new Object[shape.leftFields()], rights.row(next++))
        : null;
  }

  @Override
  public void close() {
    lefts.close();
  }
}
