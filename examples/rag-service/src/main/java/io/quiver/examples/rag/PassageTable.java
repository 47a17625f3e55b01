package io.quiver.examples.rag;

import java.util.List;

/**
 * The table that is searched, and its statements.
 *
 * @param name in the schema of the connection
 * @param tokenDimension components of a token's vector; a text's vector has 384
 */
record PassageTable(String name, int tokenDimension) {
  /** What makes the table, where it is missing. */
  List<String> definitions() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %1$s (
          id        VARCHAR NOT NULL PRIMARY KEY,
          file      VARCHAR NOT NULL,
          tenant    VARCHAR NOT NULL,
          published DATE NOT NULL,
          heading   VARCHAR,
          content   VARCHAR NOT NULL,
          searched  VARCHAR HIDDEN,
          embedding VECTOR(384) HIDDEN,
          tokens    MULTIVECTOR(%2$d) HIDDEN)
        """
            .formatted(name, tokenDimension),
        "CREATE INDEX IF NOT EXISTS %1$s_words ON %1$s USING BM25 (searched)".formatted(name),
        "CREATE INDEX IF NOT EXISTS %1$s_tenant ON %1$s (tenant)".formatted(name),
        "CREATE INDEX IF NOT EXISTS %1$s_published ON %1$s (published)".formatted(name));
  }

  /** What the words are looked up in, and the model reads, is the content with its headings. */
  String insert() {
    return "INSERT INTO "
        + name
        + " (id, file, tenant, published, heading, content, searched, embedding, tokens)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  }

  String deleteFile() {
    return "DELETE FROM " + name + " WHERE file = ?";
  }

  /** Parameters: the question's vector, how many, tenant, since, until. */
  String byMeaning() {
    return found("VECTOR_SEARCH('%s', 'embedding', ?, ?)", "score AS meaning, NULL AS words");
  }

  /** Parameters: the question, how many, tenant, since, until. */
  String byWords() {
    return found("SPARSE_MATCH('%s', 'searched', ?, ?)", "NULL AS meaning, score AS words");
  }

  private String found(String search, String scores) {
    return """
    SELECT id, file, tenant, published, heading, content, %s, NULL AS fused
    FROM %s
    WHERE tenant = ? AND published >= ? AND published <= ?
    ORDER BY score DESC, id
    """
        .formatted(scores, search.formatted(name));
  }

  /**
   * Both, fused by the reciprocal of the place each gave (Cormack, Clarke and Büttcher, 2009).
   * Parameters: those of {@link #byMeaning}, those of {@link #byWords}, how many.
   */
  String fused() {
    return """
    WITH legs AS (
      SELECT id, 'meaning' AS leg, score FROM VECTOR_SEARCH('%1$s', 'embedding', ?, ?)
      WHERE tenant = ? AND published >= ? AND published <= ?
      UNION ALL
      SELECT id, 'words', score FROM SPARSE_MATCH('%1$s', 'searched', ?, ?)
      WHERE tenant = ? AND published >= ? AND published <= ?),
    ranked AS (
      SELECT id, leg, score,
        ROW_NUMBER() OVER (PARTITION BY leg ORDER BY score DESC, id) AS place
      FROM legs),
    fused AS (
      SELECT id,
        MAX(CASE WHEN leg = 'meaning' THEN score END) AS meaning,
        MAX(CASE WHEN leg = 'words' THEN score END) AS words,
        SUM(1e0 / (60 + place)) AS fused
      FROM ranked GROUP BY id ORDER BY fused DESC, id LIMIT ?)
    SELECT p.id, p.file, p.tenant, p.published, p.heading, p.content,
      f.meaning, f.words, f.fused
    FROM fused AS f JOIN %1$s AS p ON p.id = f.id
    ORDER BY f.fused DESC, p.id
    """
        .formatted(name);
  }

  /** Parameters: the question's token vectors, how many, the ids of the candidates. */
  String reranked(int candidates) {
    return """
    SELECT id, score FROM MAXSIM('%s', 'tokens', ?, ?) WHERE id IN (%s)
    ORDER BY score DESC, id
    """
        .formatted(name, String.join(", ", java.util.Collections.nCopies(candidates, "?")));
  }
}
