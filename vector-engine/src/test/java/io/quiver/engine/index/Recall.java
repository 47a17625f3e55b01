package io.quiver.engine.index;

import java.util.stream.IntStream;

/** The share of the true nearest rows that were found, over many queries. */
public final class Recall {
  private long found;
  private long wanted;

  public void add(NearestRows actual, NearestRows exact) {
    wanted += exact.size();
    for (int row : exact.rows()) {
      if (IntStream.of(actual.rows()).anyMatch(other -> other == row)) {
        found++;
      }
    }
  }

  public double value() {
    return wanted == 0 ? 1 : (double) found / wanted;
  }
}
