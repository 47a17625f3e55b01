package io.quiver.engine;

import java.util.List;

/**
 * A collection's state, for people.
 *
 * @param liveRows rows that exist
 * @param bytesOnDisk of segment files
 * @param merging segments that get their indexes before they take the place of others, in state
 *     {@code merging}; their rows are found in those meanwhile
 */
public record CollectionStatus(
    long id,
    String name,
    long liveRows,
    long bytesOnDisk,
    List<SegmentStatus> segments,
    List<SegmentStatus> merging) {
  public CollectionStatus {
    segments = List.copyOf(segments);
    merging = List.copyOf(merging);
  }

  /**
   * One segment.
   *
   * @param state {@code memtable}, {@code frozen}, {@code sealed}, {@code waiting} or {@code
   *     indexed}
   * @param rowsIndexed rows the running or finished index build has covered
   */
  public record SegmentStatus(
      int shard,
      long segment,
      String state,
      long rows,
      long deletedRows,
      long rowsIndexed,
      long bytesOnDisk) {}
}
