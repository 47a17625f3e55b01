package io.quiver.sql.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.type.MalformedVectorException.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorValuesTest {
  private static final float[] VECTOR = {1, -0.5f, 2e-3f};

  @Test
  void denseVectorReadsFromEveryForm() {
    for (Object form :
        new Object[] {
          VECTOR,
          new double[] {1, -0.5, 2e-3f},
          new Float[] {1f, -0.5f, 2e-3f},
          List.of(1, -0.5, 2e-3f),
          "[1,-0.5,2e-3]",
          " [ 1 , -.5 , 0.002 ] ",
          "f32:AACAPwAAAL9vEgM7",
          new byte[] {0, 0, -128, 63, 0, 0, 0, -65, 111, 18, 3, 59}
        }) {
      assertThat(VectorValues.dense(form, 3)).as("%s", form).containsExactly(VECTOR);
    }
  }

  @Test
  void textWrittenReadsBack() {
    assertThat(DenseVectorText.read(DenseVectorText.write(VECTOR))).containsExactly(VECTOR);
    float[][] rows = {{1, 2}, {3, 4}};
    assertThat(MultiVectorText.read(MultiVectorText.write(rows))).isDeepEqualTo(rows);
    SparseVectorValue sparse = new SparseVectorValue(new int[] {0, 6}, new float[] {0.5f, 1.2f});
    assertThat(SparseVectorText.read(SparseVectorText.write(sparse, 30522))).isEqualTo(sparse);
  }

  @Test
  void everyNumberReadsAsTheJdkReadsIt() {
    long seed = Long.getLong("quiver.seed", System.nanoTime());
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("[");
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      String number =
          switch (i % 6) {
            case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
            case 1 -> Float.toString((float) random.nextGaussian());
            case 2 -> Double.toString(random.nextGaussian());
            case 3 -> Integer.toString(random.nextInt());
            case 4 -> halfWay(random);
            default -> "-0." + "0".repeat(random.nextInt(30)) + random.nextLong(1L << 60);
          };
      if (Float.isFinite(Float.parseFloat(number))) {
        numbers.add(number);
        text.append(numbers.size() == 1 ? "" : ",").append(number);
      }
    }
    float[] read = DenseVectorText.read(text.append(']').toString());
    for (int i = 0; i < read.length; i++) {
      assertThat(Float.floatToRawIntBits(read[i]))
          .as("%s, seed %d", numbers.get(i), seed)
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(numbers.get(i))));
    }
  }

  /** Between two floats, or a hair beside that. */
  private static String halfWay(Random random) {
    float low = 1 + random.nextFloat();
    BigDecimal middle =
        new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
    return middle.setScale(14 + random.nextInt(12), RoundingMode.HALF_UP).toPlainString();
  }

  @Test
  void malformedTextTellsWhere() {
    assertMalformed("", Reason.SYNTAX, "expected \"[\" at character 1, found the end");
    assertMalformed("[1,2", Reason.SYNTAX, "expected \"]\" at character 5, found the end");
    assertMalformed("[1,,2]", Reason.SYNTAX, "expected a number at character 4, found \",\"");
    assertMalformed("[1,2]x", Reason.SYNTAX, "expected the end at character 6, found \"x\"");
    assertMalformed("[1,two]", Reason.SYNTAX, "expected a number at character 4, found \"t\"");
    assertMalformed("[1,NaN]", Reason.NOT_FINITE, "NaN at character 4 is not a finite number");
    assertMalformed("[1e99]", Reason.NOT_FINITE, "1e99 at character 2 is not a finite number");
    assertMalformed("[]", Reason.DIMENSIONS, "it has no components");
    assertMalformed("f32:@@", Reason.SYNTAX, "is not base64");
    assertMalformed(new byte[5], Reason.SYNTAX, "5 bytes are not a whole number of 4-byte");
    assertMalformed(new float[] {1, Float.POSITIVE_INFINITY}, Reason.NOT_FINITE, "component 2 is");
    assertMalformed(List.of(1, "a"), Reason.WRONG_CLASS, "component 2 is a, not a number");
    assertMalformed(Map.of(), Reason.WRONG_CLASS, "Cannot read a vector from");
  }

  private static void assertMalformed(Object value, Reason reason, String message) {
    assertThatThrownBy(() -> VectorValues.dense(value, 0))
        .isInstanceOfSatisfying(
            MalformedVectorException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  @Test
  void otherDimensionIsToldWithBoth() {
    assertThatThrownBy(() -> VectorValues.dense("[1,2,3]", 768))
        .hasMessage("Expected 768 dimensions, found 3");
  }

  @Test
  void bothFormsOfSparseVectorAreTheSame() {
    SparseVectorValue vector = new SparseVectorValue(new int[] {0, 6}, new float[] {0.5f, 1.2f});
    assertThat(VectorValues.sparse("{1:0.5,7:1.2}/30522", 30522)).isEqualTo(vector);
    assertThat(VectorValues.sparse("{7:1.2, 1:0.5, 3:0}", 0)).isEqualTo(vector);
    assertThat(VectorValues.sparse("{\"indices\":[0,6],\"values\":[0.5,1.2]}", 0))
        .isEqualTo(vector);
    assertThat(VectorValues.sparse(Map.of(6, 1.2f, 0, 0.5f), 7)).isEqualTo(vector);
    assertThat(VectorValues.sparse("{}/5", 5).size()).isZero();
  }

  @Test
  void malformedSparseVectorIsRefused() {
    for (String text :
        List.of(
            "{0:1}/5",
            "{6:1}/5",
            "{1:1,1:2}",
            "{-1:1}",
            "{1:NaN}",
            "{1 1}",
            "{\"indices\":[1],\"values\":[1,2]}",
            "{\"indices\":[1]}",
            "{\"index\":[1]}")) {
      assertThatThrownBy(() -> VectorValues.sparse(text, 0))
          .as(text)
          .isInstanceOf(MalformedVectorException.class);
    }
    assertThatThrownBy(() -> VectorValues.sparse("{6:1}", 5))
        .hasMessageContaining("beyond dimension 5");
  }

  @Test
  void multivectorRowsAgreeInDimension() {
    assertThat(VectorValues.multi("[[1,2],[3,4],[5,6]]", 2)).hasDimensions(3, 2);
    assertThat(VectorValues.multi("[]", 2)).isEmpty();
    assertThat(VectorValues.multi(List.of(new float[] {1, 2}, List.of(3, 4)), 0))
        .hasDimensions(2, 2);
    assertThatThrownBy(() -> VectorValues.multi("[[1,2],[3]]", 0))
        .hasMessage("Expected 2 dimensions, found 1");
  }
}
