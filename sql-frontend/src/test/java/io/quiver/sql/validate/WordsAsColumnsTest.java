package io.quiver.sql.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.StatementParser;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column named by a word that SQL knows is the column, not what SQL has of that name. */
class WordsAsColumnsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "year",
        "user",
        "value",
        "rank",
        "position",
        "language",
        "date",
        "timestamp",
        "time",
        "month",
        "day",
        "hour",
        "second",
        "key",
        "type",
        "index",
        "vector",
        "data",
        "count",
        "sum",
        "level",
        "text",
        "json",
        "uuid",
        "version",
        "state",
        "path",
        "size",
        "score",
        "distance",
        "session",
        "public",
        "result",
        "end",
        "first",
        "last",
        "zone",
        "role",
        "method",
        "map",
        "array",
        "match",
        "filter",
        "format",
        "schema",
        "column",
        "check",
        "condition",
        "local",
        "double",
        "percent",
        "period",
        "plan",
        "option",
        "old",
        "no",
        "none",
        "object",
        "sql"
      })
  void meansTheColumn(String word) {
    RelDataType type =
        rowType(
            word,
            "SELECT %s, d.%s AS w FROM t AS d WHERE %s = 'x' AND d.%s <> 'y' ORDER BY d.%s"
                .replace("%s", word));
    assertThat(type.getFieldList())
        .allSatisfy(
            field -> assertThat(field.getType().getFullTypeString()).startsWith("VARCHAR(77)"));
  }

  private static RelDataType rowType(String word, String query) {
    TableDefinition table =
        new TableDefinition(
            1,
            "public",
            "t",
            List.of(
                ColumnDefinition.of(0, "id", Scalar.of(ScalarType.BIGINT), false),
                ColumnDefinition.of(1, word, new Scalar(ScalarType.VARCHAR, 77, 0), true)),
            List.of("id"),
            List.of(),
            List.of(),
            List.of(),
            1,
            Optional.empty(),
            "");
    CatalogSnapshot definitions = CatalogSnapshot.empty().with(new CatalogChange.PutTable(table));
    CatalogSchema schema = new CatalogSchema(definitions, List.of());
    return new QueryValidation(schema)
        .validate(new StatementParser().parse(query), "public")
        .rowType();
  }
}
