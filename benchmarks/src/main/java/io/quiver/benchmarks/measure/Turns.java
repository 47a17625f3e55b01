package io.quiver.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Times calls that take by turns, in slices of a few calls each, and keeps the median of many
 * slices: what disturbs the machine for a moment disturbs all of them, and what a call finds in the
 * processor's caches is what the others left there.
 *
 * @param slices of each thing
 * @param calls in a slice
 */
public record Turns(int slices, int calls) {
  /** Lets the server's threads come to rest before their time is read. */
  private static final long REST_NANOS = 300_000;

  /** Something to be called again and again. */
  public interface Call {
    /**
     * @param number of the call, counted from 0
     */
    void run(int number) throws Exception;
  }

  /**
   * What a call took, in nanoseconds: medians over slices.
   *
   * @param wall median of the calls by the clock on the wall
   * @param asking processor time of the thread that calls
   * @param answering processor time of the server's threads
   */
  public record Cost(double wall, double asking, double answering) {}

  private record Slices(double[] wall, double[] asking, double[] answering) {
    Slices(int slices, int calls) {
      this(new double[slices * calls], new double[slices], new double[slices]);
    }

    Cost medians() {
      return new Cost(Timing.median(wall), Timing.median(asking), Timing.median(answering));
    }
  }

  /** The cost of a call of each, in the order given. */
  public <T> Map<T, Cost> time(Map<T, ? extends Call> things) throws Exception {
    Map<T, Slices> all = new LinkedHashMap<>();
    things.keySet().forEach(thing -> all.put(thing, new Slices(slices, calls)));
    for (int slice = 0; slice < slices; slice++) {
      for (Map.Entry<T, ? extends Call> each : things.entrySet()) {
        Slices of = all.get(each.getKey());
        if (of != null) {
          measure(each.getValue(), of, slice);
        }
      }
    }
    Map<T, Cost> medians = new LinkedHashMap<>();
    all.forEach((thing, of) -> medians.put(thing, of.medians()));
    return medians;
  }

  private void measure(Call call, Slices into, int slice) throws Exception {
    int first = slice * calls;
    long answering = ThreadGroups.server();
    long asking = ThreadGroups.current();
    long before = System.nanoTime();
    for (int i = first; i < first + calls; i++) {
      call.run(i);
      long after = System.nanoTime();
      into.wall[i] = after - before;
      before = after;
    }
    into.asking[slice] = (double) (ThreadGroups.current() - asking) / calls;
    LockSupport.parkNanos(REST_NANOS);
    into.answering[slice] = (double) (ThreadGroups.server() - answering) / calls;
  }
}
