package io.quiver.engine;

import io.quiver.engine.column.Column;
import io.quiver.engine.filter.FilterCache;
import io.quiver.engine.filter.FilterEvaluator;
import io.quiver.engine.filter.FilterableRows;
import io.quiver.engine.filter.PayloadIndex;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Patches;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a segment that a filter admits, though indexes and kept bitmaps know of nothing
 * patched: what they say holds for all rows but those patched in one of the filter's columns, which
 * are tested one by one.
 */
final class PatchedFilter {
  private final SegmentView view;
  private final Patches.Seen patches;
  private final RowFilter filter;
  private final FilterEvaluator patched;
  private final FilterEvaluator unpatched;
  private final StopSignal stop;

  PatchedFilter(SegmentView view, Patches.Seen patches, RowFilter filter, StopSignal stop) {
    this.view = view;
    this.patches = patches;
    this.filter = filter;
    this.patched = new FilterEvaluator(view, stop);
    this.unpatched = patches.isEmpty() ? patched : new FilterEvaluator(new Unpatched(view), stop);
    this.stop = stop;
  }

  /** The rows as they were written, and what finds them. */
  private record Unpatched(SegmentView view) implements FilterableRows {
    @Override
    public int rows() {
      return view.rows();
    }

    @Override
    public Column column(int ordinal) {
      return view.unpatched(ordinal);
    }

    @Override
    public @Nullable PayloadIndex index(int ordinal) {
      return view.unpatchedIndex(ordinal);
    }
  }

  SegmentView.Admitted admitted() {
    if (!FilterCache.isCacheable(filter)) {
      // A test of the layer above may fail on a value that a row has no more.
      return counted(patched.evaluate(filter));
    }
    SegmentView below = view.below();
    if (below != null) {
      SegmentView.Admitted before = below.admitted(filter, stop);
      RowBitmap known = before.rows() == null ? RowBitmap.full(view.rows()) : before.rows();
      RowBitmap rows = updated(known, 0);
      return new SegmentView.Admitted(rows, before.checks() + patched.checks());
    }
    FilterCache cache = view.filters();
    return counted(
        cache == null
            ? patched.evaluate(filter)
            : cache.find(filter, patches.isEmpty() ? 0 : patches.position(), new Kept()));
  }

  private SegmentView.Admitted counted(RowBitmap rows) {
    long checks = patched.checks() + (unpatched == patched ? 0 : unpatched.checks());
    return new SegmentView.Admitted(rows, checks);
  }

  private final class Kept implements FilterCache.Source {
    @Override
    public RowBitmap compute() {
      RowBitmap written = unpatched.evaluate(filter);
      return patches.isEmpty() ? written : updated(written, 0);
    }

    @Override
    public RowBitmap update(RowBitmap known, long version) {
      return updated(known, version);
    }
  }

  /** The rows admitted, from those that were at a position before. */
  private RowBitmap updated(RowBitmap known, long after) {
    RowBitmap changed = view.patchedRows(filter, after);
    if (changed.cardinality() == 0) {
      return known;
    }
    RowBitmap rows = known.copy();
    rows.subtract(changed);
    rows.union(patched.evaluate(filter, changed));
    return rows;
  }
}
