package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Values of any type: many equal ones, and the odd ones that break things. */
public final class RandomValues {
  private static final String[] WORDS = {
    "", "a", "ab", "abc", "b", "Ab", "AB", "äöü", "Straße", "日本", "😀", "a😀b", "%", "_", "a%b",
    "é", "zz", "\u0000", "\uFFFD", "a b"
  };
  private static final long[] LONGS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
  private static final double[] DOUBLES = {
    0, -0.0, 1, -1, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN
  };

  private RandomValues() {}

  /** One column type of each kind, vectors of several elements and sizes. */
  public static List<ColumnType> types() {
    List<ColumnType> types = new ArrayList<>();
    for (ScalarKind kind : ScalarKind.values()) {
      types.add(new ColumnType.Scalar(kind));
    }
    types.add(new ColumnType.TextArray());
    for (VectorElement element : VectorElement.values()) {
      types.add(new ColumnType.DenseVector(3, element));
      types.add(new ColumnType.DenseVector(100, element));
    }
    types.add(new ColumnType.SparseVector(1000));
    types.add(new ColumnType.MultiVector(5));
    return types;
  }

  /** Some values, of which a share is null. */
  public static List<@Nullable Object> list(
      ColumnType type, int size, double nulls, RandomGenerator random) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(random.nextDouble() < nulls ? null : of(type, random));
    }
    return values;
  }

  /** A value, as it comes back from a column. */
  public static Object of(ColumnType type, RandomGenerator random) {
    return switch (type) {
      case ColumnType.Scalar scalar -> scalar(scalar.kind(), random);
      case ColumnType.TextArray array -> {
        String[] words = new String[random.nextInt(4)];
        for (int i = 0; i < words.length; i++) {
          words[i] = word(random);
        }
        yield words;
      }
      case ColumnType.DenseVector dense -> vector(dense.dimension(), dense.element(), random);
      case ColumnType.SparseVector sparse -> sparse(sparse.dimension(), random);
      case ColumnType.MultiVector multi -> {
        float[][] vectors = new float[random.nextInt(4)][];
        for (int i = 0; i < vectors.length; i++) {
          vectors[i] = vector(multi.dimension(), VectorElement.FLOAT16, random);
        }
        yield vectors;
      }
    };
  }

  private static Object scalar(ScalarKind kind, RandomGenerator random) {
    boolean odd = random.nextInt(10) == 0;
    return switch (kind) {
      case BOOLEAN -> random.nextBoolean();
      case INT32 -> odd ? (int) pick(LONGS, random) : random.nextInt(-20, 20);
      case INT64 -> odd ? pick(LONGS, random) : (long) random.nextInt(-20, 20);
      case FLOAT32 ->
          odd
              ? (float) DOUBLES[random.nextInt(DOUBLES.length)]
              : (float) random.nextInt(-20, 20) / 4;
      case FLOAT64 -> odd ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextInt(-20, 20) / 4.0;
      case DECIMAL -> decimal(random);
      case STRING -> word(random);
      case UUID -> new UUID(random.nextInt(-2, 2), random.nextInt(-3, 3));
      case BINARY -> word(random).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static long pick(long[] among, RandomGenerator random) {
    return among[random.nextInt(among.length)];
  }

  private static BigDecimal decimal(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0 -> new BigDecimal(BigInteger.TWO.pow(random.nextInt(200)).negate(), 3);
      case 1 -> new BigDecimal("123456789012345678901234567890.12");
      case 2 -> BigDecimal.valueOf(random.nextInt(-9, 9), -2);
      default -> BigDecimal.valueOf(random.nextInt(-200, 200), random.nextInt(3));
    };
  }

  /** A string, often one met before. */
  public static String word(RandomGenerator random) {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(8) == 0 ? word + WORDS[random.nextInt(WORDS.length)] : word;
  }

  private static float[] vector(int dimension, VectorElement element, RandomGenerator random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] =
          switch (element) {
            case FLOAT32 -> (float) random.nextGaussian();
            case FLOAT16 ->
                Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian()));
            case INT8 -> random.nextInt(-127, 128);
          };
    }
    return vector;
  }

  private static SparseVectorValue sparse(int dimension, RandomGenerator random) {
    int[] indices = random.ints(random.nextInt(8), 0, dimension).sorted().distinct().toArray();
    float[] weights = new float[indices.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() + 10;
    }
    return new SparseVectorValue(indices, weights);
  }
}
