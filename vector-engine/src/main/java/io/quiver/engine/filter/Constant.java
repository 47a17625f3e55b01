package io.quiver.engine.filter;

/** Every row or none. */
final class Constant extends Condition {
  static final Constant ALL = new Constant(true);
  static final Constant NOTHING = new Constant(false);

  private final boolean all;

  private Constant(boolean all) {
    this.all = all;
  }

  @Override
  boolean holds(int row) {
    return all;
  }

  @Override
  int cost() {
    return NO_COST;
  }
}
