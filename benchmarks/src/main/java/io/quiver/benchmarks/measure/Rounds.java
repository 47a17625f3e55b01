package io.quiver.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several things in turn, several times over, and keeps the median of each: what disturbs the
 * machine for a while disturbs all of them, not one.
 *
 * @param count rounds
 * @param warmUpMillis each thing is run for this much processor time before the first round
 * @param millis each thing is repeated for at least this long in a round
 */
public record Rounds(int count, int warmUpMillis, int millis) {
  /** Warming up takes at most so many times as long by the wall: some things mostly wait. */
  private static final long PATIENCE = 10;

  /** Something that can be run again and again. */
  public interface Repeatable {
    /** Runs once; returns how many calls that were. */
    int run() throws Exception;
  }

  /** The median time of a call of each, in the order given. */
  public <T> Map<T, Timing> time(Map<T, ? extends Repeatable> things) throws Exception {
    for (Repeatable thing : things.values()) {
      warmUp(thing);
    }
    Map<T, Timing[]> rounds = new LinkedHashMap<>();
    things.keySet().forEach(thing -> rounds.put(thing, new Timing[count]));
    List<T> order = new ArrayList<>(things.keySet());
    for (int round = 0; round < count; round++) {
      for (T thing : order) {
        Timing[] all = rounds.get(thing);
        Repeatable repeatable = things.get(thing);
        if (all != null && repeatable != null) {
          all[round] = measure(repeatable, millis);
        }
      }
      order = order.reversed();
    }
    Map<T, Timing> medians = new LinkedHashMap<>();
    rounds.forEach((thing, all) -> medians.put(thing, Timing.median(all)));
    return medians;
  }

  /**
   * By processor time, of which a busy machine gives little: what was not compiled tells nothing.
   */
  private void warmUp(Repeatable thing) throws Exception {
    long cpu = ThreadGroups.current();
    long start = System.nanoTime();
    while (ThreadGroups.current() - cpu < warmUpMillis * 1_000_000L
        && System.nanoTime() - start < PATIENCE * warmUpMillis * 1_000_000L) {
      thing.run();
    }
  }

  private static Timing measure(Repeatable thing, int millis) throws Exception {
    long cpu = CpuClock.javaThreads();
    long start = System.nanoTime();
    long calls = 0;
    do {
      calls += thing.run();
    } while (System.nanoTime() - start < millis * 1_000_000L);
    long wall = System.nanoTime() - start;
    return new Timing((double) wall / calls, (double) (CpuClock.javaThreads() - cpu) / calls);
  }
}
