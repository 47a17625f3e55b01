package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;

/**
 * Chooses links that lead in different directions (Algorithm 4 of the paper): a candidate nearer to
 * a chosen link than to the node itself is left out, as it can be reached through that link.
 *
 * <p>Equal rows would all be chosen, and a row with hundreds of copies be linked to nothing else.
 * So one that is as near to a chosen link as both are to the node waits until the others have been
 * asked, and fills what room is left. Used by one thread.
 */
final class DiverseLinks {
  private static final int STEP = 4;

  private final RowScorer pairs;
  private final int[] chosen;
  private final int[] waiting;
  private final int[] chosenRows;
  private final int[] batch = new int[STEP];
  private final float[] ranks = new float[STEP + RowScorer.SLACK];
  private int count;
  private long ranked;

  /**
   * @param pairs ranks rows against rows
   * @param most candidates at most
   */
  DiverseLinks(RowScorer pairs, int most) {
    this.pairs = pairs;
    this.chosen = new int[most];
    this.waiting = new int[most];
    this.chosenRows = new int[most];
  }

  /** Chooses up to {@code most} of the candidates. */
  void choose(Candidates candidates, int most) {
    choose(candidates, most, most);
  }

  /**
   * Chooses up to {@code most} of the candidates.
   *
   * @param filled how many there may be with those that had to wait
   */
  void choose(Candidates candidates, int most, int filled) {
    count = 0;
    int waitingCount = 0;
    for (int i = 0; i < candidates.count() && count < most; i++) {
      switch (judge(candidates, i)) {
        case DIVERSE -> take(candidates, i);
        case EQUAL -> waiting[waitingCount++] = i;
        case COVERED -> {}
      }
    }
    for (int i = 0; i < waitingCount && count < filled; i++) {
      take(candidates, waiting[i]);
    }
  }

  private enum Verdict {
    DIVERSE,
    EQUAL,
    COVERED
  }

  private void take(Candidates candidates, int i) {
    chosenRows[count] = candidates.row(i);
    chosen[count++] = i;
  }

  private Verdict judge(Candidates candidates, int i) {
    if (count == 0) {
      return Verdict.DIVERSE;
    }
    pairs.queryRow(candidates.row(i));
    float rank = candidates.rank(i);
    Verdict verdict = Verdict.DIVERSE;
    for (int from = 0; from < count; from += STEP) {
      int n = Math.min(STEP, count - from);
      System.arraycopy(chosenRows, from, batch, 0, n);
      pairs.ranks(batch, n, ranks);
      ranked += n;
      for (int j = 0; j < n; j++) {
        if (ranks[j] < rank) {
          return Verdict.COVERED;
        }
        if (ranks[j] == rank && candidates.rank(chosen[from + j]) == rank) {
          verdict = Verdict.EQUAL;
        }
      }
    }
    return verdict;
  }

  /** How many were chosen. */
  int count() {
    return count;
  }

  /** Which candidate was chosen as number {@code i}. */
  int chosen(int i) {
    return chosen[i];
  }

  /** Pairs ranked so far. */
  long ranked() {
    return ranked;
  }
}
