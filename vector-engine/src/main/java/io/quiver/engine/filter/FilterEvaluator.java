package io.quiver.engine.filter;

import io.quiver.engine.column.ZoneMap;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds which rows of a segment a filter admits. For one thread.
 *
 * <p>Conjuncts narrow a set of candidates one after the other: those an index answers first, rarest
 * first; then by the cost of a test; conditions of the layer above last, on what the others left.
 */
public final class FilterEvaluator {
  private static final int WORDS_OF_ZONE = ZoneMap.ROWS / RowBlock.WORD;

  /** With fewer candidates in a word than this, rows are tested one by one. */
  private static final int FEW = 8;

  /** An index is not asked where candidates are fewer than one in so many rows. */
  private static final int SCARCE = 256;

  private static final int SAMPLES = 1000;

  private final FilterableRows rows;
  private final StopSignal stop;
  private long checks;

  public FilterEvaluator(FilterableRows rows, StopSignal stop) {
    this.rows = rows;
    this.stop = stop;
  }

  /** The rows a filter admits; the caller owns the bitmap. */
  public RowBitmap evaluate(RowFilter filter) {
    return evaluate(filter, RowBitmap.full(rows.rows()));
  }

  /** The rows among some that a filter admits; the caller owns the bitmap. */
  public RowBitmap evaluate(RowFilter filter, RowBitmap among) {
    return narrow(new FilterCompiler(rows).compile(filter), among);
  }

  /** A test of single rows, for conditions that are cheaper to test late. */
  public RowVerifier verifier(RowFilter filter) {
    Condition condition = new FilterCompiler(rows).compile(filter);
    return row -> {
      checks++;
      return condition.holds(row);
    };
  }

  /** How many rows were tested one by one, so far. */
  public long checks() {
    return checks;
  }

  /**
   * How many rows a filter is expected to admit: exact where an index tells or the rows are few,
   * from a sample of 1,000 rows else.
   */
  public FilterEstimate estimate(RowFilter filter) {
    Condition condition = new FilterCompiler(rows).compile(filter);
    if (condition instanceof Constant) {
      return new FilterEstimate(condition.holds(0) ? rows.rows() : 0, true);
    }
    long indexed = condition.indexedCount();
    if (indexed >= 0) {
      return new FilterEstimate(indexed, true);
    }
    Condition rarest = rarestIndexed(condition);
    return rarest == null
        ? sample(condition, RowBitmap.full(rows.rows()))
        : sample(condition, rarest.indexed());
  }

  private static @org.jspecify.annotations.Nullable Condition rarestIndexed(Condition condition) {
    Condition rarest = null;
    if (condition instanceof Compound compound && compound.isAll()) {
      for (Condition part : compound.parts()) {
        long count = part.indexedCount();
        if (count >= 0 && (rarest == null || count < rarest.indexedCount())) {
          rarest = part;
        }
      }
    }
    return rarest;
  }

  /** Tests rows at even distances. */
  private FilterEstimate sample(Condition condition, RowBitmap among) {
    int candidates = among.cardinality();
    int every = Math.max(1, candidates / SAMPLES);
    int position = 0;
    int tested = 0;
    int hits = 0;
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      if (position++ % every == 0) {
        tested++;
        if (condition.holds(row)) {
          hits++;
        }
      }
    }
    if (tested == candidates) {
      return new FilterEstimate(hits, true);
    }
    return new FilterEstimate(Math.round((double) candidates * hits / tested), false);
  }

  private RowBitmap narrow(Condition condition, RowBitmap among) {
    stop.check();
    return switch (condition) {
      case Constant constant -> constant.holds(0) ? among.copy() : new RowBitmap(rows.rows());
      case Compound compound ->
          compound.isAll() ? all(compound.parts(), among) : any(compound.parts(), among);
      default -> leaf(condition, among);
    };
  }

  private RowBitmap all(List<Condition> parts, RowBitmap among) {
    RowBitmap left = among;
    List<Condition> later = new ArrayList<>();
    List<Condition> indexed = new ArrayList<>();
    for (Condition part : parts) {
      (part.indexedCount() >= 0 ? indexed : later).add(part);
    }
    indexed.sort((a, b) -> Long.compare(a.indexedCount(), b.indexedCount()));
    indexed.addAll(later);
    for (Condition part : indexed) {
      left = narrow(part, left);
      if (left.cardinality() == 0) {
        return left;
      }
    }
    return left == among ? among.copy() : left;
  }

  private RowBitmap any(List<Condition> parts, RowBitmap among) {
    RowBitmap found = new RowBitmap(rows.rows());
    RowBitmap left = among.copy();
    for (Condition part : parts) {
      RowBitmap more = narrow(part, left);
      found.union(more);
      left.subtract(more);
    }
    return found;
  }

  private RowBitmap leaf(Condition condition, RowBitmap among) {
    if (condition.indexedCount() >= 0 && among.cardinality() > rows.rows() / SCARCE) {
      RowBitmap found = condition.indexed();
      found.intersect(among);
      return found;
    }
    return scan(condition, among);
  }

  private RowBitmap scan(Condition condition, RowBitmap among) {
    RowBitmap found = new RowBitmap(rows.rows());
    long[] candidates = among.words();
    long[] target = found.words();
    for (int from = 0; from < target.length; from += WORDS_OF_ZONE) {
      stop.check();
      int to = Math.min(from + WORDS_OF_ZONE, target.length);
      switch (condition.zone(from / WORDS_OF_ZONE)) {
        case NONE -> {}
        case ALL -> {
          for (int word = from; word < to; word++) {
            target[word] = candidates[word] & condition.present(word);
          }
        }
        case SOME -> {
          for (int word = from; word < to; word++) {
            target[word] = candidates[word] == 0 ? 0 : test(condition, word, candidates[word]);
          }
        }
      }
    }
    return found;
  }

  private long test(Condition condition, int word, long candidates) {
    int count = Long.bitCount(candidates);
    checks += count;
    if (condition.cost() >= Condition.FOREIGN_COST) {
      stop.check();
    }
    if (count >= FEW && condition.cost() <= Condition.KEY_COST + 1) {
      int first = word * RowBlock.WORD;
      return candidates & condition.word(first, RowBlock.count(word, rows.rows()));
    }
    long found = 0;
    for (long left = candidates; left != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      if (condition.holds(word * RowBlock.WORD + bit)) {
        found |= 1L << bit;
      }
    }
    return found;
  }
}
