package io.quiver.springai;

/**
 * The table of a store, and the statements on it.
 *
 * @param name of the table, in the schema of the connection or as {@code schema.table}
 */
record DocumentTable(String name) {
  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private String identifier() {
    int dot = name.indexOf('.');
    return dot < 0
        ? quoted(name)
        : quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
  }

  String create(int dimensions) {
    return "CREATE TABLE IF NOT EXISTS "
        + identifier()
        + " (id VARCHAR NOT NULL PRIMARY KEY, content VARCHAR, metadata JSON, embedding VECTOR("
        + dimensions
        + ") NOT NULL)";
  }

  String upsert() {
    return "UPSERT INTO "
        + identifier()
        + " (id, content, metadata, embedding) VALUES (?, ?, ?, ?)";
  }

  String delete() {
    return "DELETE FROM " + identifier() + " WHERE id = ?";
  }

  String delete(FilterCondition condition) {
    return "DELETE FROM " + identifier() + " WHERE " + condition.sql();
  }

  /** Parameters: embedding, how many, the filter's, the largest distance if there is one. */
  String nearest(FilterCondition condition, boolean bounded) {
    StringBuilder sql =
        new StringBuilder("SELECT id, content, metadata, distance FROM VECTOR_SEARCH('")
            .append(name.replace("'", "''"))
            .append("', 'embedding', ?, ?)");
    String next = " WHERE ";
    if (!condition.sql().isEmpty()) {
      sql.append(next).append(condition.sql());
      next = " AND ";
    }
    if (bounded) {
      sql.append(next).append("distance <= ?");
    }
    return sql.append(" ORDER BY distance").toString();
  }
}
