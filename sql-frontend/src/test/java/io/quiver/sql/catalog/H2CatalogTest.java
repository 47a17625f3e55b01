package io.quiver.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class H2CatalogTest {
  private final H2Catalog catalog = new H2Catalog();
  private long position = 10;

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void appliesChangesInOrder() {
    apply(new CatalogChange.CreateSchema("lib"));
    apply(new CatalogChange.PutTable(everyType("lib", "docs")));
    apply(new CatalogChange.PutView(view()));
    assertThat(catalog.current().schemas()).containsExactly("lib", "public");
    assertThat(catalog.current().table("lib", "docs")).contains(everyType("lib", "docs"));
    assertThat(catalog.current().view("public", "recent")).contains(view());
    assertThat(catalog.current().version()).isEqualTo(3);

    apply(new CatalogChange.DropView("public", "recent"));
    apply(new CatalogChange.DropTable("lib", "docs"));
    apply(new CatalogChange.DropSchema("lib"));
    assertThat(catalog.current().schemas()).containsExactly("public");
    assertThat(catalog.current().tables()).isEmpty();
    assertThat(catalog.current().views()).isEmpty();
  }

  @Test
  void ignoresPositionsItHasApplied() {
    byte[] create = catalog.encode(new CatalogChange.PutTable(plain("docs")));
    byte[] drop = catalog.encode(new CatalogChange.DropTable("public", "docs"));
    catalog.apply(5, create);
    catalog.apply(6, drop);
    catalog.apply(5, create);
    catalog.apply(6, drop);
    assertThat(catalog.current().tables()).isEmpty();
    assertThat(catalog.current().version()).isEqualTo(2);
    assertThat(catalog.position()).isEqualTo(6);
  }

  @Test
  void snapshotBringsBackEverything() {
    apply(new CatalogChange.CreateSchema("lib"));
    apply(new CatalogChange.PutTable(everyType("lib", "docs")));
    apply(new CatalogChange.PutTable(plain("notes")));
    apply(new CatalogChange.PutView(view()));
    try (H2Catalog reopened = new H2Catalog()) {
      reopened.restore(catalog.snapshot(), 99);
      assertThat(reopened.current()).isEqualTo(catalog.current());
      assertThat(rows(reopened, "columns")).isEqualTo(rows(catalog, "columns"));
      reopened.apply(99, reopened.encode(new CatalogChange.DropTable("public", "notes")));
      assertThat(reopened.current().table("public", "notes")).isPresent();
    }
  }

  @Test
  void emptySnapshotIsNewDatabase() {
    apply(new CatalogChange.CreateSchema("lib"));
    catalog.restore(new byte[0], -1);
    assertThat(catalog.current()).isEqualTo(CatalogSnapshot.empty());
  }

  @Test
  void refusesRecordsOfOtherFormats() {
    byte[] newer = catalog.snapshot();
    newer[0] = 7;
    assertThatThrownBy(() -> catalog.restore(newer, 1))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Catalog record of format 7, expected 2. Open the database with the version of Quiver"
                + " that wrote it, or a later one.");
    byte[] older = catalog.snapshot();
    older[0] = 1;
    assertThatThrownBy(() -> catalog.restore(older, 1))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Catalog record of format 1, expected 2. It was written before the first release: make"
                + " the database anew, by COPY TO and COPY FROM.");
    byte[] cut = Arrays.copyOf(catalog.snapshot(), 9);
    assertThatThrownBy(() -> catalog.restore(cut, 1))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageStartingWith("Catalog record is not JSON: ");
    byte[] unknown = "\u0002{\"change\":\"explode\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> catalog.apply(50, unknown))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("Unknown change of the catalog: {\"change\":\"explode\"}");
  }

  @Test
  void informationSchemaTellsTables() {
    apply(new CatalogChange.PutTable(everyType("public", "docs")));
    apply(new CatalogChange.PutView(view()));
    assertThat(rows(catalog, "schemata"))
        .containsExactly("null|information_schema|null|null", "null|public|null|null");
    assertThat(rows(catalog, "tables"))
        .filteredOn(row -> row.contains("|public|"))
        .containsExactly(
            "null|public|docs|BASE TABLE|4|id|papers", "null|public|recent|VIEW|null|null|null");
    assertThat(rows(catalog, "views"))
        .containsExactly("null|public|recent|SELECT id FROM docs|NONE|NO|null");
  }

  @Test
  void informationSchemaTellsColumns() {
    apply(new CatalogChange.PutTable(everyType("public", "docs")));
    assertThat(rows(catalog, "columns"))
        .filteredOn(row -> row.contains("|public|"))
        .containsExactly(
            "null|public|docs|id|1|null|NO|BIGINT|BIGINT|null|19|0|null|null|null|NO|YES|null|null",
            "null|public|docs|title|2|'untitled'|YES|VARCHAR|VARCHAR(20)|20|null|null|null|null|null|NO|NO|null|its"
                + " name",
            "null|public|docs|price|3|null|YES|DECIMAL|DECIMAL(10,"
                + " 2)|null|10|2|null|null|null|NO|NO|null|null",
            "null|public|docs|at|4|null|YES|TIMESTAMP WITH TIME ZONE|TIMESTAMP WITH TIME"
                + " ZONE|null|null|null|3|null|null|NO|NO|null|null",
            "null|public|docs|tags|5|null|YES|ARRAY|VARCHAR"
                + " ARRAY|null|null|null|null|null|null|NO|NO|null|null",
            "null|public|docs|v|6|null|YES|VECTOR|VECTOR(3,"
                + " INT8)|null|null|null|null|3|INT8|YES|NO|null|null",
            "null|public|docs|s|7|null|YES|SPARSEVEC|SPARSEVEC|null|null|null|null|2147483647|FLOAT32|NO|NO|null|null",
            "null|public|docs|m|8|null|YES|MULTIVECTOR|MULTIVECTOR(4)|null|null|null|null|4|FLOAT16|NO|NO|null|null");
  }

  @Test
  void informationSchemaTellsConstraintsAndIndexes() {
    apply(new CatalogChange.PutTable(everyType("public", "docs")));
    assertThat(rows(catalog, "table_constraints"))
        .containsExactly(
            "null|public|docs_pkey|public|docs|PRIMARY KEY",
            "null|public|docs_title_key|public|docs|UNIQUE",
            "null|public|positive|public|docs|CHECK");
    assertThat(rows(catalog, "key_column_usage"))
        .containsExactly(
            "null|public|docs_pkey|public|docs|id|1",
            "null|public|docs_title_key|public|docs|title|1",
            "null|public|docs_title_key|public|docs|price|2");
    assertThat(rows(catalog, "check_constraints"))
        .containsExactly("null|public|positive|public|docs|price > 0");
    assertThat(rows(catalog, "indexes"))
        .containsExactly(
            "null|public|docs|docs_content_bm25|BM25|NO|NO|null|k1 = 1.2, b = 0.75|null",
            "null|public|docs|docs_s_inverted|INVERTED|NO|YES|inner_product|null|null",
            "null|public|docs|docs_title_btree|BTREE|NO|NO|null|null|null",
            "null|public|docs|docs_v_hnsw|HNSW|NO|YES|cosine|m = 16, ef_construction = 100,"
                + " quantization = auto|null");
    assertThat(rows(catalog, "index_columns"))
        .contains("null|public|docs|docs_content_bm25|title|1");
  }

  @Test
  void informationSchemaFollowsChanges() {
    apply(new CatalogChange.PutTable(everyType("public", "docs")));
    assertThat(rows(catalog, "columns")).filteredOn(row -> row.contains("|docs|")).hasSize(8);
    apply(new CatalogChange.PutTable(plain("docs")));
    assertThat(rows(catalog, "columns")).filteredOn(row -> row.contains("|docs|")).hasSize(1);
    assertThat(rows(catalog, "indexes")).isEmpty();
    assertThat(rows(catalog, "check_constraints")).isEmpty();
    apply(new CatalogChange.DropTable("public", "docs"));
    apply(new CatalogChange.CreateSchema("lib"));
    assertThat(rows(catalog, "columns")).noneMatch(row -> row.contains("|docs|"));
    assertThat(rows(catalog, "schemata")).contains("null|lib|null|null");
    apply(new CatalogChange.DropSchema("lib"));
    assertThat(rows(catalog, "schemata")).doesNotContain("null|lib|null|null");
  }

  @Test
  void tableWithoutKeyShowsNoKey() {
    apply(new CatalogChange.PutTable(plain("log")));
    assertThat(rows(catalog, "table_constraints")).isEmpty();
    assertThat(rows(catalog, "columns"))
        .filteredOn(row -> row.contains("|log|"))
        .singleElement()
        .asString()
        .contains("|text|1|");
  }

  @Test
  void informationSchemaTellsOfItself() {
    assertThat(rows(catalog, "tables"))
        .hasSize(InformationSchema.values().length)
        .contains("null|information_schema|columns|SYSTEM TABLE|null|null|null");
    for (SystemTable table : catalog.systemTables()) {
      assertThat(table.schema()).isEqualTo("information_schema");
      assertThat(rows(catalog, "columns"))
          .filteredOn(row -> row.startsWith("null|information_schema|" + table.name() + "|"))
          .hasSize(table.columns().size());
    }
  }

  @Test
  void manyThreadsReadWhileOneChanges() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    apply(new CatalogChange.PutTable(plain("t" + i)));
                  }
                });
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
              .start(() -> assertThat(rows(catalog, "tables")).isNotEmpty()));
    }
    writer.join();
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failures).isEmpty();
    assertThat(rows(catalog, "tables")).filteredOn(row -> row.contains("|public|")).hasSize(50);
  }

  private void apply(CatalogChange change) {
    catalog.apply(position++, catalog.encode(change));
  }

  private static List<String> rows(H2Catalog from, String name) {
    SystemTable table =
        from.systemTables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    List<String> rows = new ArrayList<>();
    for (@Nullable Object[] row : table.rows().seenBy(() -> "tester")) {
      rows.add(String.join("|", Arrays.stream(row).map(String::valueOf).toList()));
    }
    return rows;
  }

  private static ViewDefinition view() {
    return new ViewDefinition(
        "public", "recent", List.of("id"), "SELECT id FROM docs", "public", "");
  }

  private static TableDefinition plain(String name) {
    return new TableDefinition(
        2,
        "public",
        name,
        List.of(
            new ColumnDefinition(
                0,
                TableDefinition.ROW_NUMBER,
                Scalar.of(ScalarType.BIGINT),
                false,
                Visibility.INTERNAL,
                Optional.empty(),
                false,
                Optional.empty(),
                ""),
            ColumnDefinition.of(1, "text", Scalar.of(ScalarType.VARCHAR), true)),
        List.of(TableDefinition.ROW_NUMBER),
        List.of(),
        List.of(),
        List.of(),
        1,
        Optional.empty(),
        "");
  }

  private static TableDefinition everyType(String schema, String name) {
    ColumnDefinition terms =
        new ColumnDefinition(
            9,
            "$terms",
            new SqlColumnType.SparseVector(Integer.MAX_VALUE),
            true,
            Visibility.INTERNAL,
            Optional.empty(),
            false,
            Optional.of(new Derivation("title", "terms english")),
            "");
    return new TableDefinition(
        1,
        schema,
        name,
        List.of(
            column(0, "id", Scalar.of(ScalarType.BIGINT), false, Visibility.VISIBLE, "", true, ""),
            column(
                1,
                "title",
                new Scalar(ScalarType.VARCHAR, 20, 0),
                true,
                Visibility.VISIBLE,
                "'untitled'",
                false,
                "its name"),
            ColumnDefinition.of(2, "price", new Scalar(ScalarType.DECIMAL, 10, 2), true),
            ColumnDefinition.of(3, "at", Scalar.of(ScalarType.TIMESTAMP_TZ), true),
            ColumnDefinition.of(4, "tags", new SqlColumnType.TextArray(), true),
            column(
                5,
                "v",
                new SqlColumnType.Vector(3, VectorElement.INT8),
                true,
                Visibility.HIDDEN,
                "",
                false,
                ""),
            ColumnDefinition.of(6, "s", new SqlColumnType.SparseVector(Integer.MAX_VALUE), true),
            ColumnDefinition.of(7, "m", new SqlColumnType.MultiVector(4), true),
            terms),
        List.of("id"),
        List.of(
            new IndexDefinition(
                new IndexSpec.Hnsw(
                    "docs_v_hnsw", "v", DistanceMetric.COSINE, 16, 100, Quantization.AUTO),
                "v",
                true),
            new IndexDefinition(new IndexSpec.Inverted("docs_s_inverted", "s"), "s", true),
            new IndexDefinition(
                new IndexSpec.Bm25("docs_content_bm25", "$terms", 1.2, 0.75), "title", false),
            new IndexDefinition(
                new IndexSpec.Payload("docs_title_btree", "title"), "title", false)),
        List.of(new CheckDefinition("positive", "price > 0")),
        List.of(new UniqueDefinition("docs_title_key", List.of("title", "price"))),
        4,
        Optional.of("id"),
        "papers");
  }

  private static ColumnDefinition column(
      int id,
      String name,
      SqlColumnType type,
      boolean nullable,
      Visibility visibility,
      String defaultSql,
      boolean identity,
      String comment) {
    return new ColumnDefinition(
        id,
        name,
        type,
        nullable,
        visibility,
        defaultSql.isEmpty() ? Optional.empty() : Optional.of(defaultSql),
        identity,
        Optional.empty(),
        comment);
  }
}
