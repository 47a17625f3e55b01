package io.quiver.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.schema.VectorElement;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.Test;

/** What is inside the tree, not only that there is one. */
class CommandsTest {
  private final StatementParser parser = new StatementParser();

  @Test
  void tableKeepsColumnsConstraintsAndOptions() {
    CreateTable table =
        (CreateTable)
            command(
                "CREATE COLLECTION IF NOT EXISTS lib.Docs (\n"
                    + "  \"Id\" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
                    + "  v VECTOR(3, INT8) NOT NULL HIDDEN,\n"
                    + "  tags TEXT[] DEFAULT ARRAY['a'] UNIQUE CHECK (tags IS NOT NULL),\n"
                    + "  CONSTRAINT k UNIQUE (v, tags)\n"
                    + ") WITH (shards = 4, Shard_Key = 'Id', auto_index = false)");
    assertThat(table.name().names).containsExactly("lib", "docs");
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.columns())
        .extracting(column -> column.name().getSimple())
        .containsExactly("Id", "v", "tags");
    assertThat(table.columns().get(0).constraints())
        .hasExactlyElementsOfTypes(
            ColumnConstraint.Identity.class, ColumnConstraint.PrimaryKey.class);
    ExtendedTypeNameSpec vector =
        (ExtendedTypeNameSpec) table.columns().get(1).type().getTypeNameSpec();
    assertThat(vector.type()).isEqualTo(new ExtendedType.Vector(3, VectorElement.INT8));
    assertThat(table.columns().get(1).position()).hasToString("line 3, column 3");
    assertThat(table.columns().get(2).constraints())
        .hasExactlyElementsOfTypes(
            ColumnConstraint.Default.class,
            ColumnConstraint.Unique.class,
            ColumnConstraint.Check.class);
    assertThat(table.columns().get(2).type()).hasToString("VARCHAR ARRAY");
    assertThat(table.constraints()).hasExactlyElementsOfTypes(ConstraintClause.Unique.class);
    assertThat(table.options())
        .extracting(option -> option.name() + "=" + option.value())
        .containsExactly("shards=4", "shard_key=Id", "auto_index=false");
  }

  @Test
  void indexKeepsMethodKeysAndOptions() {
    CreateIndex index =
        (CreateIndex)
            command(
                "CREATE VECTOR INDEX CONCURRENTLY IF NOT EXISTS i ON lib.docs USING HNSW"
                    + " (v vector_l2_ops) WITH (m = 16, metric = 'l2', quantization = int8)");
    assertThat(index.vector()).isTrue();
    assertThat(index.ifNotExists()).isTrue();
    assertThat(index.name()).hasToString("i");
    assertThat(index.method()).hasToString("hnsw");
    assertThat(index.keys()).hasSize(1);
    assertThat(index.keys().getFirst().operatorClass()).hasToString("vector_l2_ops");
    assertThat(index.options())
        .extracting(option -> option.name() + "=" + option.value())
        .containsExactly("m=16", "metric=l2", "quantization=int8");
  }

  @Test
  void indexMayBeNamelessAndOverExpression() {
    CreateIndex index =
        (CreateIndex) command("CREATE INDEX ON docs ((JSON_VALUE(meta, '$.y' RETURNING INTEGER)))");
    assertThat(index.name()).isNull();
    assertThat(index.method()).isNull();
    assertThat(index.keys().getFirst().expression().toString()).startsWith("JSON_VALUE(");
  }

  @Test
  void conflictKeepsTargetAssignmentsAndCondition() {
    InsertOnConflict insert =
        (InsertOnConflict)
            command(
                "INSERT INTO docs (id, n) VALUES (?, ?) ON CONFLICT (id)"
                    + " DO UPDATE SET n = EXCLUDED.n + 1, m = DEFAULT WHERE docs.n < 3");
    assertThat(insert.target()).hasToString("[id]");
    InsertOnConflict.DoUpdate update = (InsertOnConflict.DoUpdate) insert.action();
    assertThat(update.assignments().get(0).column()).hasToString("n");
    assertThat(update.assignments().get(0).value()).hasToString("`excluded`.`n` + 1");
    assertThat(update.assignments().get(1).value()).hasToString("DEFAULT");
    assertThat(update.where()).hasToString("`docs`.`n` < 3");
  }

  @Test
  void mysqlUpsertReadsAsExcluded() {
    InsertOnConflict insert =
        (InsertOnConflict)
            command("INSERT INTO t (a, b) VALUES (1, 2) ON DUPLICATE KEY UPDATE b = VALUES(b)");
    InsertOnConflict.DoUpdate update = (InsertOnConflict.DoUpdate) insert.action();
    assertThat(update.assignments().getFirst().value()).hasToString("excluded.b");
  }

  @Test
  void returningWrapsAnyWrite() {
    Returning returning =
        (Returning)
            command("INSERT INTO t SELECT * FROM u ON CONFLICT DO NOTHING RETURNING id, b AS c");
    assertThat(((SqlCommand) returning.write()).command()).isInstanceOf(InsertOnConflict.class);
    assertThat(returning.items()).hasSize(2);
    assertThat(((Returning) command("DELETE FROM t RETURNING *")).write().getKind())
        .isEqualTo(SqlKind.DELETE);
  }

  @Test
  void upsertIsKeptOnTheInsert() {
    assertThat(((SqlInsert) parser.parse("UPSERT INTO t (a) VALUES (1)")).isUpsert()).isTrue();
    assertThat(((SqlInsert) parser.parse("INSERT INTO t (a) VALUES (1)")).isUpsert()).isFalse();
  }

  @Test
  void settingsKeepScopeAndText() {
    assertThat(command("SET hnsw.ef_search TO 80"))
        .extracting(Object::toString)
        .isEqualTo("SetSetting[scope=SESSION, name=hnsw.ef_search, value=80]");
    assertThat(command("SET LOCAL a = 'It''s'"))
        .hasToString("SetSetting[scope=TRANSACTION, name=a, value=It's]");
    assertThat(command("ALTER SYSTEM SET a = on"))
        .hasToString("SetSetting[scope=SYSTEM, name=a, value=on]");
    assertThat(command("SET a = DEFAULT"))
        .hasToString("SetSetting[scope=SESSION, name=a, value=null]");
    assertThat(command("RESET ALL")).hasToString("ResetSetting[scope=SESSION, name=null]");
  }

  @Test
  void explainKeepsFormatAndStatement() {
    Explain explain = (Explain) command("EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1");
    assertThat(explain.analyze()).isTrue();
    assertThat(explain.format()).isEqualTo(Explain.Format.JSON);
    assertThat(explain.statement()).isInstanceOf(SqlSelect.class);
  }

  @Test
  void distanceOperatorsAreFunctionsAndBindTighterThanComparison() {
    assertThat(item("a <-> b")).isEqualTo("`l2_distance`(`a`, `b`)");
    assertThat(item("a <=> b < 0.5")).isEqualTo("`cosine_distance`(`a`, `b`) < 0.5");
    assertThat(item("1 - (a <#> ?)")).isEqualTo("1 - `negative_inner_product`(`a`, ?)");
    assertThat(item("a <+> '[1,2]'::vector"))
        .isEqualTo("`l1_distance`(`a`, CAST('[1,2]' AS VECTOR))");
  }

  @Test
  void lateralFunctionMayLeaveTableOut() {
    String expected =
        parser
            .parse("SELECT * FROM q, LATERAL TABLE(VECTOR_SEARCH('docs', 'v', q.v, 3)) AS x")
            .toString();
    assertThat(parser.parse("SELECT * FROM q, LATERAL VECTOR_SEARCH('docs', 'v', q.v, 3) AS x"))
        .hasToString(expected);
    assertThat(
            parser
                .parse("SELECT * FROM q CROSS APPLY VECTOR_SEARCH('docs', 'v', q.v, 3) AS x")
                .toString())
        .isEqualTo(expected.replace(",\n", "\nCROSS JOIN "));
  }

  @Test
  void positionsPointIntoTheText() {
    SqlNode statement = parser.parse("SELECT a,\n  b <-> ? AS d\nFROM docs");
    SqlNode alias = ((SqlSelect) statement).getSelectList().get(1);
    SqlNode call = ((SqlCall) alias).operand(0);
    SqlParserPos position = call.getParserPosition();
    assertThat(position.getLineNum()).isEqualTo(2);
    assertThat(position.getColumnNum()).isEqualTo(3);
    assertThat(position.getEndColumnNum()).isEqualTo(9);
  }

  private String item(String expression) {
    return ((SqlSelect) parser.parse("SELECT " + expression)).getSelectList().get(0).toString();
  }

  private Command command(String sql) {
    return ((SqlCommand) parser.parse(sql)).command();
  }
}
