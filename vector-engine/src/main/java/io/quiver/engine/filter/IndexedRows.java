package io.quiver.engine.filter;

import io.quiver.engine.search.RowBitmap;

/** The rows a leaf finds in an index: disjoint ranges of an order, or terms. */
final class IndexedRows {
  /** Walks what a leaf looks up, without keeping it. */
  @FunctionalInterface
  interface LookUp {
    void visit(PayloadIndex index, Target target);
  }

  /** Takes what is found. */
  interface Target {
    void add(OrderIndex index, OrderIndex.Range range);

    void add(TermIndex index, int term);
  }

  private final PayloadIndex index;
  private final boolean negated;
  private final LookUp lookUp;

  /**
   * @param negated whether the leaf wants the other rows that have a value
   * @param lookUp must find no row twice
   */
  IndexedRows(PayloadIndex index, boolean negated, LookUp lookUp) {
    this.index = index;
    this.negated = negated;
    this.lookUp = lookUp;
  }

  long count() {
    Counter counter = new Counter();
    lookUp.visit(index, counter);
    return negated ? index.present() - counter.count : counter.count;
  }

  RowBitmap rows() {
    Collector collector = new Collector(new RowBitmap(index.rows()));
    lookUp.visit(index, collector);
    if (!negated) {
      return collector.rows;
    }
    RowBitmap others = RowBlock.present(index.column(), index.rows());
    others.subtract(collector.rows);
    return others;
  }

  private static final class Counter implements Target {
    private long count;

    @Override
    public void add(OrderIndex index, OrderIndex.Range range) {
      count += range.size();
    }

    @Override
    public void add(TermIndex index, int term) {
      count += index.count(term);
    }
  }

  private record Collector(RowBitmap rows) implements Target {
    @Override
    public void add(OrderIndex index, OrderIndex.Range range) {
      index.addTo(range, rows);
    }

    @Override
    public void add(TermIndex index, int term) {
      index.addTo(term, rows);
    }
  }
}
