package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Distance kernels one by one, in cache, at even and odd sizes: a row at a time and eight at once,
 * the one that is chosen and its scalar twin. Fails where the two do not agree.
 */
final class KernelsSuite {
  private static final int ROWS = 64;
  private static final int[] DIMENSIONS = {1, 31, 128, 383, 384, 768, 1_001};

  private KernelsSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    Rounds given = settings.scale().rounds();
    Rounds rounds = new Rounds(given.count(), given.warmUpMillis() / 4, given.millis() / 4);
    findings.configuration("chosen", DistanceKernels.best().description());
    findings.configuration("scalar", DistanceKernels.scalar().description());
    for (VectorElement element : VectorElement.values()) {
      for (int dimension : DIMENSIONS) {
        size(rounds, element, dimension, settings.seed(), findings);
      }
    }
    CodeKernelTimes.run(rounds, settings.seed(), findings);
  }

  private static void size(
      Rounds rounds, VectorElement element, int dimension, long seed, Findings findings)
      throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(seed);
      long stride = (long) dimension * element.bytes();
      MemorySegment rows = arena.allocate(ROWS * stride + 64, 64);
      fill(rows, element, ROWS * dimension, random);
      float[] query = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        query[i] = random.nextInt(-100, 101) / 100f;
      }
      long[] offsets = new long[ROWS];
      for (int row = 0; row < ROWS; row++) {
        offsets[row] = row * stride;
      }
      float[] chosen = new float[ROWS];
      float[] scalar = new float[ROWS];
      Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
      add(things, "chosen", DistanceKernels.best().rows(element), query, rows, offsets, chosen);
      add(things, "scalar", DistanceKernels.scalar().rows(element), query, rows, offsets, scalar);
      Map<String, Timing> times = rounds.time(things);
      agree(chosen, scalar, element, dimension);
      times.forEach(
          (name, time) -> {
            String[] parts = name.split(", ");
            findings.add(
                new Figure(
                    parts[0],
                    "dot",
                    element + " x " + dimension + ", " + parts[1],
                    0,
                    -1,
                    time.wall(),
                    time.cpu(),
                    "ns a row"));
          });
    }
  }

  private static void add(
      Map<String, Rounds.Repeatable> things,
      String name,
      RowKernels kernels,
      float[] query,
      MemorySegment rows,
      long[] offsets,
      float[] out) {
    things.put(
        name + ", one at a time",
        () -> {
          for (int row = 0; row < ROWS; row++) {
            out[row] = kernels.dot(query, rows, offsets[row], query.length);
          }
          return ROWS;
        });
    things.put(
        name + ", in batches",
        () -> {
          kernels.dots(query, rows, offsets, ROWS, query.length, out, 0);
          return ROWS;
        });
  }

  private static void fill(
      MemorySegment rows, VectorElement element, int count, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      float value = random.nextInt(-100, 101) / 100f;
      switch (element) {
        case FLOAT32 -> rows.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, value);
        case FLOAT16 ->
            rows.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, Float.floatToFloat16(value));
        case INT8 -> rows.set(ValueLayout.JAVA_BYTE, i, (byte) (100 * value));
      }
    }
  }

  private static void agree(float[] chosen, float[] scalar, VectorElement element, int dimension) {
    for (int row = 0; row < ROWS; row++) {
      if (Math.abs(chosen[row] - scalar[row]) > 1e-3f * (10 + Math.abs(scalar[row]))) {
        throw new IllegalStateException(
            element + " x " + dimension + ": " + chosen[row] + " is not " + scalar[row]);
      }
    }
  }
}
