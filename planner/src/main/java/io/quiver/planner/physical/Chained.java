package io.quiver.planner.physical;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of one source, then those of another that is opened when they are needed. */
final class Chained implements RowSource {
  private RowSource current;
  private @Nullable Supplier<RowSource> following;

  Chained(RowSource first, Supplier<RowSource> following) {
    this.current = first;
    this.following = following;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] row = current.next();
    if (row == null && following != null) {
      current.close();
      current = following.get();
      following = null;
      row = current.next();
    }
    return row;
  }

  @Override
  public void close() {
    current.close();
  }
}
