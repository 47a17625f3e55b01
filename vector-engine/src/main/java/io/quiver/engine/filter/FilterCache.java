package io.quiver.engine.filter;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bitmaps of filters over one immutable segment, those used longest ago dropped first. Safe for use
 * by many threads.
 *
 * <p>Filters are equal by value, so a filter stands for its bitmap as long as the columns' ordinals
 * mean the same. Rows deleted later are no matter of the bitmap: whoever uses it combines the two.
 * Rows patched later are: a bitmap is kept with the position up to which patches are in it, and
 * brought up to date from there.
 */
public final class FilterCache {
  private static final int BYTES_PER_VALUE = 64;

  private final long maxBytes;
  private final Map<RowFilter, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** What was found last, to be had without the lock. */
  private volatile @Nullable Found last;

  private record Found(RowFilter filter, Entry entry) {}

  private record Entry(RowBitmap rows, long bytes, long version) {}

  /** Works out what the cache has not. */
  public interface Source {
    /** The rows a filter admits. */
    RowBitmap compute();

    /**
     * The rows a filter admits, from those it admitted before.
     *
     * @param known not to be changed
     * @param version that {@code known} is of
     */
    RowBitmap update(RowBitmap known, long version);
  }

  /**
   * @param maxBytes to keep at most; a bitmap takes one bit a row
   */
  public FilterCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The filter's bitmap, computed if it is not kept. Shared: not to be changed.
   *
   * <p>Two threads that miss at once both compute; neither waits.
   *
   * @param version up to which patches are wanted in it; 0 for none
   */
  public RowBitmap find(RowFilter filter, long version, Source source) {
    Found before = last;
    if (before != null && before.entry.version == version && before.filter.equals(filter)) {
      return before.entry.rows;
    }
    if (!isCacheable(filter)) {
      return source.compute();
    }
    Entry kept;
    synchronized (this) {
      if (before != null) {
        // Its uses since then were not told to the order of use.
        var _ = entries.get(before.filter);
      }
      kept = entries.get(filter);
      last = kept == null || kept.version < version ? null : new Found(filter, kept);
    }
    if (kept != null && kept.version == version) {
      return kept.rows;
    }
    if (kept != null && kept.version > version) {
      // Whoever looks back from an old snapshot must not undo it for the others.
      return source.compute();
    }
    RowBitmap rows = kept == null ? source.compute() : source.update(kept.rows, kept.version);
    var _ = rows.cardinality(); // Counted now, so that readers of the shared bitmap agree.
    long bitmapBytes = (long) rows.words().length * Long.BYTES;
    keep(filter, new Entry(rows, weight(filter) + bitmapBytes, version));
    return rows;
  }

  private synchronized void keep(RowFilter filter, Entry entry) {
    if (entry.bytes > maxBytes) {
      return;
    }
    Entry before = entries.put(filter, entry);
    last = new Found(filter, entry);
    bytes += entry.bytes - (before == null ? 0 : before.bytes);
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes > maxBytes) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  /** Forgets everything, as when ordinals get another meaning. */
  public synchronized void clear() {
    entries.clear();
    last = null;
    bytes = 0;
  }

  /** Bytes kept. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Whether a filter always admits the same rows: one with a test of the layer above may not. */
  public static boolean isCacheable(RowFilter filter) {
    return switch (filter) {
      case RowFilter.And and -> areCacheable(and.parts());
      case RowFilter.Or or -> areCacheable(or.parts());
      case RowFilter.Test test -> false;
      case RowFilter.All all -> true;
      case RowFilter.Nothing nothing -> true;
      case RowFilter.Compare compare -> true;
      case RowFilter.In in -> true;
      case RowFilter.IsNull isNull -> true;
      case RowFilter.Like like -> true;
      case RowFilter.Contains contains -> true;
    };
  }

  private static boolean areCacheable(List<RowFilter> parts) {
    for (RowFilter part : parts) {
      if (!isCacheable(part)) {
        return false;
      }
    }
    return true;
  }

  private static long weight(RowFilter filter) {
    return switch (filter) {
      case RowFilter.And and -> weight(and.parts());
      case RowFilter.Or or -> weight(or.parts());
      case RowFilter.In in -> (long) BYTES_PER_VALUE * (1 + in.values().size());
      case RowFilter.Contains contains -> (long) BYTES_PER_VALUE * (1 + contains.values().size());
      case RowFilter.All all -> BYTES_PER_VALUE;
      case RowFilter.Nothing nothing -> BYTES_PER_VALUE;
      case RowFilter.Compare compare -> BYTES_PER_VALUE;
      case RowFilter.IsNull isNull -> BYTES_PER_VALUE;
      case RowFilter.Like like -> BYTES_PER_VALUE + 2L * like.pattern().length();
      case RowFilter.Test test -> BYTES_PER_VALUE;
    };
  }

  private static long weight(List<RowFilter> parts) {
    long sum = BYTES_PER_VALUE;
    for (RowFilter part : parts) {
      sum += weight(part);
    }
    return sum;
  }
}
