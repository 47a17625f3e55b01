package io.quiver.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several ways to do the same on the calling thread, one call of each in turn: what disturbs
 * the machine, or warms its caches, does so for all alike.
 *
 * <p>Of each item the median over all passes is kept, and of those the mean. The time to read the
 * clocks, some tenths of a microsecond, is in each figure and not in their differences.
 *
 * @param items how many different things there are to do
 * @param warmUpMillis all ways together are run for this long before the first pass
 * @param passes how often each way does each item
 */
public record PairedCalls(int items, int warmUpMillis, int passes) {
  /** A way to do it. */
  public interface Way {
    /** Does it for an item. */
    void run(int item) throws Exception;
  }

  /** The time of a call of each way, in the order given. */
  public <T> Map<T, Timing> time(Map<T, ? extends Way> ways) throws Exception {
    List<T> names = new ArrayList<>(ways.keySet());
    Timing[][][] taken = new Timing[names.size()][items][passes];
    long cpu = ThreadGroups.current();
    while (ThreadGroups.current() - cpu < warmUpMillis * 1_000_000L) {
      pass(ways, names, taken, 0);
    }
    for (int pass = 0; pass < passes; pass++) {
      pass(ways, names, taken, pass);
    }
    Map<T, Timing> times = new LinkedHashMap<>();
    for (int way = 0; way < names.size(); way++) {
      double wall = 0;
      double used = 0;
      for (Timing[] each : taken[way]) {
        Timing median = Timing.median(each);
        wall += median.wall() / items;
        used += median.cpu() / items;
      }
      times.put(names.get(way), new Timing(wall, used));
    }
    return times;
  }

  /**
   * Each way does each item once: at any time another one, since who comes second finds it warm.
   */
  private <T> void pass(Map<T, ? extends Way> ways, List<T> names, Timing[][][] taken, int pass)
      throws Exception {
    for (int turn = 0; turn < items; turn++) {
      for (int i = 0; i < names.size(); i++) {
        int way = (i + turn + pass) % names.size();
        int item = (turn + way * items / names.size()) % items;
        Way done = ways.get(names.get(way));
        if (done == null) {
          throw new IllegalStateException("No way " + names.get(way));
        }
        long wall = System.nanoTime();
        long cpu = ThreadGroups.current();
        done.run(item);
        long used = ThreadGroups.current() - cpu;
        taken[way][item][pass] = new Timing(System.nanoTime() - wall, used);
      }
    }
  }
}
