package io.quiver.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.write.InvalidRowException.Reason;
import io.quiver.engine.write.WriteBatch.Expectation;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteBatchTest {
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          1,
          "docs",
          List.of(
              ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
              ColumnSpec.of(
                  1, "embedding", new ColumnType.DenseVector(3, VectorElement.FLOAT32), true),
              ColumnSpec.of(2, "codes", new ColumnType.DenseVector(2, VectorElement.INT8), true),
              ColumnSpec.of(
                  3, "halves", new ColumnType.DenseVector(2, VectorElement.FLOAT16), true),
              ColumnSpec.of(4, "terms", new ColumnType.SparseVector(100), true),
              ColumnSpec.of(5, "tokens", new ColumnType.MultiVector(2), true)),
          List.of(0),
          1,
          OptionalInt.empty(),
          List.of(
              new IndexSpec.Hnsw(
                  "docs_embedding",
                  "embedding",
                  DistanceMetric.COSINE,
                  16,
                  100,
                  Quantization.AUTO)));

  @Test
  void keepsChangesInOrder() {
    WriteBatch batch =
        new WriteBatch(SCHEMA)
            .put(Expectation.ABSENT, row(1L, new float[] {1, 0, 0}))
            .delete(Expectation.UNCHANGED, new Object[] {2L});

    assertThat(batch.changes()).hasSize(2);
    assertThat(batch.changes().get(0).key()).containsExactly(1L);
    assertThat(batch.changes().get(1).isDelete()).isTrue();
  }

  @Test
  void allowsNullAndEmptyVectors() {
    WriteBatch batch = new WriteBatch(SCHEMA);
    batch.put(Expectation.ANY, row(1L, null));
    batch.put(
        Expectation.ANY,
        new Object[] {
          2L, null, null, null, new SparseVectorValue(new int[0], new float[0]), new float[0][]
        });

    assertThat(batch.changes()).hasSize(2);
  }

  @Test
  void refusesWhatDoesNotFitTheColumn() {
    refuses(row(null, null), Reason.ABSENT_VALUE, "Row 1, column \"id\" has no value");
    refuses(row("one", null), Reason.WRONG_CLASS, "column \"id\" is a String, not a Long");
    refuses(
        row(1L, new float[2]),
        Reason.WRONG_DIMENSION,
        "Row 1, column \"embedding\" has 2 dimensions, the column holds 3");
    refuses(row(1L, new float[] {0, Float.NaN, 0}), Reason.NOT_FINITE, "has NaN at position 2");
    refuses(
        row(1L, new float[] {Float.POSITIVE_INFINITY, 0, 0}),
        Reason.NOT_FINITE,
        "has Infinity at position 1");
    refuses(row(1L, new float[3]), Reason.ZERO_VECTOR, "no direction under cosine");
    refuses(
        new Object[] {1L, null, new float[] {0, 128}, null, null, null},
        Reason.OUT_OF_RANGE,
        "has component 128.0, not a whole number from -127 to 127");
    refuses(
        new Object[] {1L, null, null, new float[] {0, 70_000}, null, null},
        Reason.OUT_OF_RANGE,
        "beyond half precision");
    refuses(
        new Object[] {1L, null, null, null, null, new float[][] {{1, 2}, {70_000, 0}}},
        Reason.OUT_OF_RANGE,
        "beyond half precision");
    refuses(
        new Object[] {
          1L, null, null, null, new SparseVectorValue(new int[] {100}, new float[] {1}), null
        },
        Reason.OUT_OF_RANGE,
        "has index 100, the column ends before 100");
    refuses(
        new Object[] {1L, null, null, null, null, new float[][] {{1, 2}, {3}}},
        Reason.WRONG_DIMENSION,
        "has 1 dimensions, the column holds 2");
  }

  private static void refuses(@Nullable Object[] row, Reason reason, String message) {
    WriteBatch batch = new WriteBatch(SCHEMA);
    assertThatThrownBy(() -> batch.put(Expectation.ANY, row))
        .isInstanceOfSatisfying(
            InvalidRowException.class, thrown -> assertThat(thrown.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
    assertThat(batch.isEmpty()).isTrue();
  }

  private static @Nullable Object[] row(@Nullable Object id, float @Nullable [] embedding) {
    return new Object[] {id, embedding, null, null, null, null};
  }

  @Test
  void refusesTextThatCouldNotBeReadAgain() {
    CollectionSchema texts =
        new CollectionSchema(
            2,
            "texts",
            List.of(
                ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.STRING), false),
                ColumnSpec.of(1, "tags", new ColumnType.TextArray(), true)),
            List.of(0),
            1,
            OptionalInt.empty(),
            List.of());
    WriteBatch batch = new WriteBatch(texts);
    batch.put(Expectation.ANY, new Object[] {"a\uD83D\uDE00b", new String[] {"\uD83D\uDE00", ""}});
    assertThatThrownBy(() -> batch.put(Expectation.ANY, new Object[] {"a\uD83D", null}))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage("Row 2, column \"id\" has half a character (surrogate) at position 2");
    assertThatThrownBy(
            () -> batch.put(Expectation.ANY, new Object[] {"b", new String[] {"x", "\uDE00"}}))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage("Row 2, column \"tags\" has half a character (surrogate) at position 1");
    assertThatThrownBy(
            () ->
                batch.put(Expectation.ANY, new @Nullable Object[] {"b", new String[] {"x", null}}))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage("Row 2, column \"tags\" has no string at position 2");
    assertThat(batch.changes()).hasSize(1);
  }
}
