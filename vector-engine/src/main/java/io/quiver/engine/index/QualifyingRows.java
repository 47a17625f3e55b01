package io.quiver.engine.index;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one search that may be found: allowed, not deleted, not null. Reused from search to
 * search by one thread.
 */
public final class QualifyingRows {
  private long[] own = {};
  private long[] words = own;
  private int wordCount;
  private int cardinality;
  private boolean everyRow;

  /**
   * Works out the set.
   *
   * @param rows how many rows are searched, from 0
   * @param present rows that have a vector, or null if all have
   */
  public void set(int rows, DenseQuery query, @Nullable RowBitmap present) {
    set(0, rows, rows, query, present);
  }

  /**
   * Works out the set where there are more rows than are searched.
   *
   * @param from the first row searched
   * @param to the row after the last one searched
   * @param room rows that may be asked about
   */
  public void set(int from, int to, int room, DenseQuery query, @Nullable RowBitmap present) {
    RowBitmap deleted = query.deleted();
    boolean someDeleted = deleted != null && deleted.cardinality() > 0;
    boolean all = from == 0 && to == room;
    everyRow = all && query.allowed() == null && present == null && !someDeleted;
    wordCount = (room + 63) >>> 6;
    cardinality = room;
    if (everyRow) {
      return;
    }
    RowBitmap allowed = query.allowed();
    if (allowed != null && all && present == null && !someDeleted && allowed.rows() == room) {
      // As it is: copying and counting it would cost more than a search that few rows pass.
      words = allowed.words();
      cardinality = allowed.cardinality();
      everyRow = cardinality == room;
      return;
    }
    words = room(wordCount);
    fill(to, allowed);
    leaveOut(from);
    if (present != null) {
      keep(present.words());
    }
    if (deleted != null && someDeleted) {
      drop(deleted.words());
    }
    int sum = 0;
    for (int i = 0; i < wordCount; i++) {
      sum += Long.bitCount(words[i]);
    }
    cardinality = sum;
    everyRow = sum == room;
  }

  private long[] room(int count) {
    if (own.length < count) {
      own = new long[count];
    }
    return own;
  }

  private void fill(int rows, @Nullable RowBitmap allowed) {
    int used = (rows + 63) >>> 6;
    if (allowed == null) {
      Arrays.fill(words, 0, used, -1L);
    } else {
      int shared = Math.min(used, allowed.words().length);
      System.arraycopy(allowed.words(), 0, words, 0, shared);
      Arrays.fill(words, shared, used, 0);
    }
    Arrays.fill(words, used, wordCount, 0);
    if ((rows & 63) != 0) {
      words[used - 1] &= (1L << (rows & 63)) - 1;
    }
  }

  private void leaveOut(int below) {
    Arrays.fill(words, 0, below >>> 6, 0);
    if ((below & 63) != 0) {
      words[below >>> 6] &= -1L << (below & 63);
    }
  }

  private void keep(long[] others) {
    int shared = Math.min(wordCount, others.length);
    for (int i = 0; i < shared; i++) {
      words[i] &= others[i];
    }
    Arrays.fill(words, shared, wordCount, 0);
  }

  private void drop(long[] others) {
    int shared = Math.min(wordCount, others.length);
    for (int i = 0; i < shared; i++) {
      words[i] &= ~others[i];
    }
  }

  /** Whether no row is left out, so that nothing needs testing. */
  public boolean everyRow() {
    return everyRow;
  }

  public int cardinality() {
    return cardinality;
  }

  /** Whether a row qualifies; not to be asked where every row does. */
  public boolean contains(int row) {
    return ((words[row >>> 6] >>> row) & 1) != 0;
  }

  /**
   * The rows as keys without ranks, ascending.
   *
   * @param into has room for all
   * @return how many they are
   */
  public int keys(long[] into) {
    int count = 0;
    for (int word = 0; count < cardinality; word++) {
      long bits = everyRow ? -1L : words[word];
      for (; bits != 0 && count < cardinality; bits &= bits - 1) {
        into[count++] = RankKey.of(0, (word << 6) + Long.numberOfTrailingZeros(bits));
      }
    }
    return count;
  }

  /** The bits, where not every row qualifies. */
  long[] words() {
    return words;
  }

  int wordCount() {
    return wordCount;
  }

  /** Which rows have a vector, or null if all have. */
  public static @Nullable RowBitmap present(VectorRows rows, int count) {
    RowBitmap present = null;
    for (int row = 0; row < count; row++) {
      if (rows.isNull(row)) {
        if (present == null) {
          present = RowBitmap.full(count);
        }
        present.remove(row);
      }
    }
    return present;
  }
}
