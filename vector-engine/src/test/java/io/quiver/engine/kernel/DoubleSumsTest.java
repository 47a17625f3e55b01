package io.quiver.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 31, 48, 384, 1_001, 16_384})
  void theTwinsGiveTheSameBits(int dimension) {
    SplittableRandom random = new SplittableRandom(dimension);
    float[] a = floats(random, dimension);
    float[] b = floats(random, dimension);
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) a[i] * b[i];
    }

    double scalar = DoubleSums.scalar().dot(a, b);

    double square = DoubleSums.scalar().dot(b, b);
    List<DoubleSums> twins = new ArrayList<>(List.of(DoubleSums.scalar(), DoubleSums.best()));
    if (DoubleSums.best() instanceof WideDoubleSums) {
      twins.add(SimdDoubleSums.INSTANCE);
    }
    for (DoubleSums twin : twins) {
      double[] both = new double[2];
      twin.dotAndSquare(a, b, both);
      assertThat(twin.dot(a, b)).isEqualTo(scalar);
      assertThat(both).containsExactly(scalar, square);
    }
    assertThat(scalar).isCloseTo(sum, within(1e-9 * (1 + dimension)));
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-3, 3)));
    }
    return values;
  }
}
