package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.kernel.CodeKernels;
import io.quiver.engine.kernel.Int4Query;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The kernels of codes, chosen and scalar, in cache. They count in whole numbers, so the twins have
 * to agree to the last bit.
 */
final class CodeKernelTimes {
  private static final int ROWS = 64;

  /** Bytes a row. */
  private static final int[] WIDTHS = {16, 32, 64, 192, 384, 768};

  /** A query of one kind of code, compared with rows. */
  @FunctionalInterface
  private interface Products {
    void with(MemorySegment rows, long[] offsets, float[] out);
  }

  private final Rounds rounds;
  private final SplittableRandom random;
  private final Findings findings;

  private CodeKernelTimes(Rounds rounds, long seed, Findings findings) {
    this.rounds = rounds;
    this.random = new SplittableRandom(seed);
    this.findings = findings;
  }

  static void run(Rounds rounds, long seed, Findings findings) throws Exception {
    CodeKernelTimes times = new CodeKernelTimes(rounds, seed, findings);
    for (int width : WIDTHS) {
      times.compare(width);
    }
  }

  private void compare(int width) throws Exception {
    short[] bytes = components(width);
    compare(
        "int8",
        width,
        kernels -> (rows, offsets, out) -> kernels.int8(bytes, rows, offsets, ROWS, width, out, 0));
    short[] halfBytes = components(2 * width);
    compare(
        "int4",
        width,
        kernels -> {
          Int4Query query = kernels.int4(width);
          query.set(halfBytes);
          return (rows, offsets, out) -> query.products(rows, offsets, ROWS, out, 0);
        });
    long[] planes = random.longs(width / 2).toArray();
    compare(
        "bit",
        width,
        kernels ->
            (rows, offsets, out) -> kernels.bits(planes, rows, offsets, ROWS, width, out, 0));
  }

  private short[] components(int count) {
    short[] components = new short[count];
    for (int i = 0; i < count; i++) {
      components[i] = (short) random.nextInt(-127, 128);
    }
    return components;
  }

  private void compare(String kind, int width, Function<CodeKernels, Products> products)
      throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate((long) ROWS * width + 64, 64);
      for (long i = 0; i < (long) ROWS * width; i++) {
        rows.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(-127, 128));
      }
      long[] offsets = new long[ROWS];
      Arrays.setAll(offsets, row -> (long) row * width);
      float[] chosen = new float[ROWS];
      float[] scalar = new float[ROWS];
      Products withChosen = products.apply(CodeKernels.best());
      Products withScalar = products.apply(CodeKernels.scalar());
      Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
      things.put(
          "chosen",
          () -> {
            withChosen.with(rows, offsets, chosen);
            return ROWS;
          });
      things.put(
          "scalar",
          () -> {
            withScalar.with(rows, offsets, scalar);
            return ROWS;
          });
      Map<String, Timing> times = rounds.time(things);
      if (!Arrays.equals(chosen, scalar)) {
        throw new IllegalStateException("Twins of " + kind + " x " + width + " do not agree");
      }
      times.forEach(
          (name, time) ->
              findings.add(
                  new Figure(
                      name,
                      "product",
                      kind + ", " + width + " bytes",
                      0,
                      -1,
                      time.wall(),
                      time.cpu(),
                      "ns a row")));
    }
  }
}
