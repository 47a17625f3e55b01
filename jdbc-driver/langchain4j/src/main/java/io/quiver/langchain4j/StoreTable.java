package io.quiver.langchain4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of a store, and the statements on it.
 *
 * @param name of the table, in the schema of the connection or as {@code schema.table}
 * @param columns of metadata keys that have their own, by key
 */
record StoreTable(String name, Map<String, MetadataColumn> columns) {
  static final String ID = "id";
  static final String CONTENT = "content";
  static final String METADATA = "metadata";
  static final String EMBEDDING = "embedding";

  StoreTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    for (String key : columns.keySet()) {
      if (List.of(ID, CONTENT, METADATA, EMBEDDING).contains(key)) {
        throw new IllegalArgumentException(
            "A metadata column cannot be named \""
                + key
                + "\": the table has a column of that name");
      }
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name as SQL reads it. */
  private String identifier() {
    int dot = name.indexOf('.');
    return dot < 0
        ? quoted(name)
        : quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
  }

  /** The name as a search function takes it. */
  private String literal() {
    return "'" + name.replace("'", "''") + "'";
  }

  String create(int dimension) {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE IF NOT EXISTS ")
            .append(identifier())
            .append(" (id VARCHAR NOT NULL PRIMARY KEY, content VARCHAR, metadata JSON");
    columns.values().forEach(column -> sql.append(", ").append(column.definition()));
    return sql.append(", embedding VECTOR(").append(dimension).append(") NOT NULL)").toString();
  }

  String createTextIndex() {
    return "CREATE INDEX IF NOT EXISTS "
        + quoted(name.replace('.', '_') + "_content_words")
        + " ON "
        + identifier()
        + " USING BM25 (content)";
  }

  /** No rows, but every column the store needs: fails where the table has another shape. */
  String probe() {
    return "SELECT " + String.join(", ", names()) + " FROM " + identifier() + " WHERE 1 = 0";
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of(ID, CONTENT, METADATA, EMBEDDING));
    columns.keySet().forEach(key -> names.add(quoted(key)));
    return names;
  }

  String upsert() {
    List<String> names = names();
    return "UPSERT INTO "
        + identifier()
        + " ("
        + String.join(", ", names)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(names.size(), "?"))
        + ")";
  }

  String delete() {
    return "DELETE FROM " + identifier() + " WHERE id = ?";
  }

  String delete(FilterCondition condition) {
    return "DELETE FROM " + identifier() + " WHERE " + condition.sql();
  }

  String truncate() {
    return "TRUNCATE TABLE " + identifier();
  }

  /** Parameters: embedding, how many, the filter's, the largest distance. */
  String nearest(FilterCondition condition) {
    return "SELECT "
        + String.join(", ", names())
        + ", distance FROM VECTOR_SEARCH("
        + literal()
        + ", 'embedding', ?, ?) WHERE "
        + (condition.isEmpty() ? "" : condition.sql() + " AND ")
        + "distance <= ? ORDER BY distance";
  }

  /**
   * Reciprocal ranks of both legs. Parameters: embedding, how many in a leg, the filter's, words,
   * how many in a leg, the filter's, the lowest score, how many.
   */
  String fused(FilterCondition condition) {
    String where = condition.isEmpty() ? "" : " WHERE " + condition.sql();
    return "WITH legs AS (SELECT id, 1 AS leg, score FROM VECTOR_SEARCH("
        + literal()
        + ", 'embedding', ?, ?)"
        + where
        + " UNION ALL SELECT id, 2, score FROM SPARSE_MATCH("
        + literal()
        + ", 'content', ?, ?)"
        + where
        + "), ranked AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY leg ORDER BY score DESC, id)"
        + " AS place FROM legs), fused AS (SELECT id,"
        + " SUM(61 / (2 * CAST(60 + place AS DOUBLE))) AS relevance FROM ranked GROUP BY id)"
        + " SELECT "
        + names().stream().map(name -> "t." + name).reduce((a, b) -> a + ", " + b).orElseThrow()
        + ", f.relevance FROM fused AS f JOIN "
        + identifier()
        + " AS t ON t.id = f.id WHERE f.relevance >= ? ORDER BY f.relevance DESC, t.id LIMIT ?";
  }
}
