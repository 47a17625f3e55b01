package io.quiver.planner.columnar;

import io.quiver.engine.search.ColumnScan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the groups of rows that have the same values in some columns from 0 in the order of their
 * first rows. For one thread.
 */
public final class GroupIds {
  private final List<ColumnIds> columns;

  /**
   * {@code pairs[i]} numbers the pairs of a group by the columns up to i and a value of the next.
   */
  private final LongIds[] pairs;

  private int[] read = new int[0];

  /**
   * @param columns to group by; none for one group that is there without rows
   */
  public GroupIds(List<ColumnIds> columns) {
    this.columns = List.copyOf(columns);
    this.pairs = new LongIds[Math.max(0, columns.size() - 1)];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new LongIds();
    }
  }

  /** The numbers of a batch's groups. */
  public void read(ColumnScan scan, int[] into) {
    if (columns.isEmpty()) {
      return; // All zeros, as they were.
    }
    columns.getFirst().read(scan, into);
    for (int c = 1; c < columns.size(); c++) {
      read = Room.ints(read, scan.count());
      columns.get(c).read(scan, read);
      LongIds pair = pairs[c - 1];
      for (int i = 0; i < scan.count(); i++) {
        into[i] = pair.id((long) into[i] << 32 | read[i]);
      }
    }
  }

  /** How many there are. */
  public int size() {
    if (columns.isEmpty()) {
      return 1;
    }
    return pairs.length == 0 ? columns.getFirst().size() : pairs[pairs.length - 1].size();
  }

  /** Fills in the values a group is of. */
  public void values(int group, @Nullable Object[] row) {
    int rest = group;
    for (int c = columns.size() - 1; c > 0; c--) {
      long pair = pairs[c - 1].value(rest);
      row[c] = columns.get(c).value((int) pair);
      rest = (int) (pair >>> 32);
    }
    if (!columns.isEmpty()) {
      row[0] = columns.getFirst().value(rest);
    }
  }
}
