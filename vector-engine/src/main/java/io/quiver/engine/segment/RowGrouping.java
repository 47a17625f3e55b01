package io.quiver.engine.segment;

/**
 * By what a new segment keeps rows together.
 *
 * @param column its id
 */
public record RowGrouping(int column, GroupOf groups) {
  /** Tells rows of one group from those of others. */
  @FunctionalInterface
  public interface GroupOf {
    /** A number of the group that a row of a source belongs to. */
    long group(int source, int row);
  }

  /** The number of the group of a source's row. */
  public long group(int source, int row) {
    return groups.group(source, row);
  }
}
