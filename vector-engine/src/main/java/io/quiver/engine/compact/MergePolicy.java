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
   * @param stale whether it should be rewritten for another reason
   */
  public record Candidate<S>(S segment, int rows, int deleted, boolean stale) {
    boolean isWasteful() {
      return stale || (long) deleted * 5 > rows;
    }
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
    boolean done =
        segments.isEmpty()
            || (segments.size() == 1
                && segments.getFirst().deleted == 0
                && !segments.getFirst().stale);
    return done ? List.of() : segments.stream().map(Candidate::segment).toList();
  }

  private static <S> List<S> inOrder(List<Candidate<S>> all, List<Candidate<S>> chosen) {
    return all.stream().filter(chosen::contains).map(Candidate::segment).toList();
  }
}
