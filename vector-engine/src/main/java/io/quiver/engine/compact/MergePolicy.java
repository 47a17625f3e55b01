package io.quiver.engine.compact;

import java.util.Comparator;
import java.util.List;

/**
 * Which segments of a shard to merge next. Searching costs about the logarithm of a segment's rows,
 * so a few large segments are better than many small ones; but rows should not be copied often.
 */
public final class MergePolicy {
  /** More sealed segments than this are too many. */
  static final int SEGMENTS_MAX = 8;

  /** This many of the largest are left alone when there are too many. */
  static final int LARGE_KEPT = 4;

  private MergePolicy() {}

  /**
   * A segment as the policy sees it.
   *
   * @param rows with deleted ones
   * @param patched rows that have other values than its file says
   * @param stale whether it should be rewritten for another reason
   */
  public record Candidate<S>(S segment, int rows, int deleted, int patched, boolean stale) {
    boolean isWasteful() {
      return stale || MergePolicy.isWasteful(rows, (long) deleted + patched);
    }

    private boolean isClean() {
      return deleted == 0 && patched == 0 && !stale;
    }
  }

  /** Whether so many of a segment's rows are not as its file has them that it is written anew. */
  public static boolean isWasteful(int rows, long changed) {
    return changed * 5 > rows;
  }

  /** Segments to merge into one, in the order given; empty if all is well. */
  public static <S> List<S> choose(List<Candidate<S>> segments) {
    if (segments.size() > SEGMENTS_MAX) {
      List<Candidate<S>> bySize =
          segments.stream().sorted(Comparator.comparingInt(Candidate::rows)).toList();
      List<Candidate<S>> small = bySize.subList(0, segments.size() - LARGE_KEPT);
      return inOrder(segments, small);
    }
    List<Candidate<S>> wasteful = segments.stream().filter(Candidate::isWasteful).toList();
    return inOrder(segments, wasteful);
  }

  /** Segments to merge so that one is left; empty if it is so and nothing in it is wasted. */
  public static <S> List<S> chooseAll(List<Candidate<S>> segments) {
    boolean done = segments.isEmpty() || (segments.size() == 1 && segments.getFirst().isClean());
    return done ? List.of() : segments.stream().map(Candidate::segment).toList();
  }

  private static <S> List<S> inOrder(List<Candidate<S>> all, List<Candidate<S>> chosen) {
    return all.stream().filter(chosen::contains).map(Candidate::segment).toList();
  }
}
