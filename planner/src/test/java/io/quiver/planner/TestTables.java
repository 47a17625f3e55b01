package io.quiver.planner;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables for tests: documents with vectors of every kind, and questions to join them with. */
final class TestTables {
  private TestTables() {}

  /** id, title, lang, year, tags, meta, embedding(2), sparse, colbert(2). */
  static TableDefinition docs() {
    return new TableDefinition(
        1,
        "public",
        "docs",
        List.of(
            column(0, "id", ScalarType.INTEGER, false),
            column(1, "title", ScalarType.VARCHAR, true),
            column(2, "lang", ScalarType.VARCHAR, true),
            column(3, "year", ScalarType.INTEGER, true),
            ColumnDefinition.of(4, "tags", new SqlColumnType.TextArray(), true),
            column(5, "meta", ScalarType.JSON, true),
            ColumnDefinition.of(
                6, "embedding", new SqlColumnType.Vector(2, VectorElement.FLOAT32), true),
            ColumnDefinition.of(
                7, "sparse", new SqlColumnType.SparseVector(Integer.MAX_VALUE), true),
            ColumnDefinition.of(8, "colbert", new SqlColumnType.MultiVector(2), true)),
        List.of("id"),
        List.of(
            new IndexDefinition(
                new IndexSpec.Hnsw(
                    "docs_embedding_hnsw",
                    "embedding",
                    DistanceMetric.COSINE,
                    16,
                    100,
                    Quantization.NONE),
                "embedding",
                true),
            new IndexDefinition(new IndexSpec.Inverted("docs_sparse", "sparse"), "sparse", false)),
        List.of(),
        List.of(),
        1,
        Optional.empty(),
        "");
  }

  /** Eight documents whose angles to (1, 0) grow with their id; the last has no vectors. */
  static @Nullable Object[][] docRows() {
    @Nullable Object[][] rows = new Object[8][];
    for (int i = 0; i < 8; i++) {
      double angle = i * Math.PI / 14;
      float[] vector = {(float) Math.cos(angle), (float) Math.sin(angle)};
      boolean last = i == 7;
      rows[i] =
          new @Nullable Object[] {
            i,
            "title " + i,
            i % 2 == 0 ? "en" : "de",
            last ? null : 2018 + i,
            i % 3 == 0 ? new String[] {"open", "t" + i} : new String[] {"secret"},
            last ? null : "{\"year\":" + (2018 + i) + ",\"kind\":\"k" + i % 2 + "\"}",
            last ? null : vector,
            last ? null : new SparseVectorValue(new int[] {i, 100}, new float[] {1, i + 1}),
            last ? null : new float[][] {vector, {0, 1}}
          };
    }
    return rows;
  }

  /** id, vec(2), lang. */
  static TableDefinition questions() {
    return new TableDefinition(
        2,
        "public",
        "questions",
        List.of(
            column(0, "id", ScalarType.BIGINT, false),
            ColumnDefinition.of(1, "vec", new SqlColumnType.Vector(2, VectorElement.FLOAT32), true),
            column(2, "lang", ScalarType.VARCHAR, true)),
        List.of("id"),
        List.of(),
        List.of(),
        List.of(),
        1,
        Optional.empty(),
        "");
  }

  static @Nullable Object[][] questionRows() {
    return new @Nullable Object[][] {
      {0L, new float[] {1, 0}, "en"}, {1L, new float[] {0, 1}, "de"}, {2L, null, "en"}
    };
  }

  static ColumnDefinition column(int id, String name, ScalarType type, boolean nullable) {
    return ColumnDefinition.of(id, name, Scalar.of(type), nullable);
  }

  static TestDatabase database() {
    return new TestDatabase().table(docs(), docRows()).table(questions(), questionRows());
  }
}
