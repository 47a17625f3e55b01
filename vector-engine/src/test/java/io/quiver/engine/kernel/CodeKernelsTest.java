package io.quiver.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products in whole numbers leave no room for rounding: both twins give what is counted by hand.
 */
class CodeKernelsTest {
  private static final int ROWS = 9;
  private static final CodeKernels[] TWINS = {CodeKernels.best(), CodeKernels.scalar()};

  private final SplittableRandom random = new SplittableRandom(29);

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 192, 384, 1024, 16_384})
  void productsOfBytesAreExact(int width) {
    check(width, () -> random.nextInt(-127, 128), () -> random.nextInt(-127, 128));
    check(width, () -> 127, () -> -127);
    check(width, () -> -127, () -> -127);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 192, 384, 16_384})
  void rowIsTakenApartAsTheQueryIs(int width) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(2L * width, 64);
      short[] wanted = new short[width];
      for (int i = 0; i < width; i++) {
        byte value = (byte) random.nextInt(-127, 128);
        rows.set(ValueLayout.JAVA_BYTE, width + i, value);
        wanted[(i & 1) * width / 2 + i / 2] = value;
      }
      for (CodeKernels kernels : TWINS) {
        short[] halves = new short[width];
        kernels.halves(rows, width, width, halves);
        assertThat(halves).isEqualTo(wanted);
      }
    }
  }

  private void check(int width, IntSupplier code, IntSupplier component) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate((long) ROWS * width, 64);
      int[] query = ints(width, component);
      short[] halves = new short[width];
      for (int i = 0; i < width; i++) {
        halves[(i & 1) * width / 2 + i / 2] = (short) query[i];
      }
      float[] wanted = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        int sum = 0;
        for (int i = 0; i < width; i++) {
          int value = code.getAsInt();
          rows.set(ValueLayout.JAVA_BYTE, (long) row * width + i, (byte) value);
          sum += value * query[i];
        }
        wanted[row] = sum;
      }
      for (CodeKernels kernels : TWINS) {
        float[] out = new float[ROWS + 1];
        kernels.int8(halves, rows, offsets(width), ROWS, width, out, 1);
        assertProducts(out, wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 128, 192, 256, 320, 1024, 8_192})
  void productsOfHalfBytesAreExact(int width) {
    checkHalves(width, () -> random.nextInt(16), () -> random.nextInt(-127, 128));
    checkHalves(width, () -> 15, () -> 127);
    checkHalves(width, () -> 15, () -> -127);
  }

  private void checkHalves(int width, IntSupplier code, IntSupplier component) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate((long) ROWS * width, 64);
      int[] query = ints(2 * width, component);
      short[] components = new short[2 * width];
      for (int i = 0; i < components.length; i++) {
        components[i] = (short) query[i];
      }
      int plane = width / 2;
      float[] wanted = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        int sum = 0;
        for (int i = 0; i < query.length; i++) {
          int value = code.getAsInt();
          // A short's low byte holds planes 0 and 1, its high byte planes 2 and 3.
          long at = (long) row * width + 2L * (i % plane) + i / plane / 2;
          int before = rows.get(ValueLayout.JAVA_BYTE, at);
          rows.set(ValueLayout.JAVA_BYTE, at, (byte) (before | value << 4 * (i / plane % 2)));
          sum += value * query[i];
        }
        wanted[row] = sum;
      }
      for (CodeKernels kernels : TWINS) {
        float[] out = new float[ROWS + 1];
        Int4Query products = kernels.int4(width);
        products.set(components);
        products.products(rows, offsets(width), ROWS, out, 1);
        assertProducts(out, wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 128, 2_112})
  void sumsOverBitsAreExact(int width) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate((long) ROWS * width, 64);
      int[] query = ints(8 * width, () -> random.nextInt(16));
      long[] planes = new long[4 * width / 8];
      for (int i = 0; i < query.length; i++) {
        for (int plane = 0; plane < 4; plane++) {
          planes[plane * width / 8 + i / 64] |= (long) (query[i] >> plane & 1) << i;
        }
      }
      float[] wanted = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        int sum = 0;
        for (int i = 0; i < query.length; i++) {
          if (random.nextBoolean()) {
            long at = (long) row * width + i / 8;
            int before = rows.get(ValueLayout.JAVA_BYTE, at);
            rows.set(ValueLayout.JAVA_BYTE, at, (byte) (before | 1 << i % 8));
            sum += query[i];
          }
        }
        wanted[row] = sum;
      }
      for (CodeKernels kernels : TWINS) {
        float[] out = new float[ROWS + 1];
        kernels.bits(planes, rows, offsets(width), ROWS, width, out, 1);
        assertProducts(out, wanted);
      }
    }
  }

  private static int[] ints(int count, IntSupplier value) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.getAsInt();
    }
    return values;
  }

  private static long[] offsets(int width) {
    long[] offsets = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      offsets[i] = (long) i * width;
    }
    return offsets;
  }

  private static void assertProducts(float[] out, float[] wanted) {
    for (int i = 0; i < ROWS; i++) {
      assertThat(out[i + 1]).isEqualTo(wanted[i]);
    }
  }
}
