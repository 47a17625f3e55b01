package io.quiver.examples;

import io.quiver.sql.function.TextEmbedder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds what a language model should read before it answers: by meaning and by words, fused by
 * reciprocal rank, for one tenant at a time.
 *
 * <p>For one thread, as its connection is.
 */
public final class Retriever {
  private final Connection connection;
  private final TextEmbedder embedder;

  /** A text that was found. */
  public record Source(long id, String content, double score) {}

  public Retriever(Connection connection, TextEmbedder embedder) throws SQLException {
    this.connection = connection;
    this.embedder = embedder;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS knowledge (
            id BIGINT NOT NULL PRIMARY KEY, tenant VARCHAR, content VARCHAR,
            embedding VECTOR(%d) HIDDEN)
          """
              .formatted(embedder.dimension()));
      statement.execute(
          "CREATE INDEX IF NOT EXISTS knowledge_words ON knowledge USING BM25 (content)");
    }
  }

  /** Keeps a text, in place of one with the same id. */
  public void add(long id, String tenant, String content) throws SQLException {
    String sql = "UPSERT INTO knowledge (id, tenant, content, embedding) VALUES (?, ?, ?, ?)";
    try (PreparedStatement put = connection.prepareStatement(sql)) {
      put.setLong(1, id);
      put.setString(2, tenant);
      put.setString(3, content);
      put.setObject(4, embedder.embed(content));
      put.executeUpdate();
    }
  }

  // section:retriever
  /** The texts of a tenant that answer a question best. */
  public List<Source> find(String question, String tenant, int count) throws SQLException {
    String sql =
        """
        WITH legs AS (
          SELECT d.id, d.content, 'meaning' AS leg, d.score
          FROM VECTOR_SEARCH('knowledge', 'embedding', ?, 50) AS d WHERE d.tenant = ?
          UNION ALL
          SELECT w.id, w.content, 'words', w.score
          FROM SPARSE_MATCH('knowledge', 'content', ?, 50) AS w WHERE w.tenant = ?),
        ranked AS (
          SELECT id, content, ROW_NUMBER() OVER (PARTITION BY leg ORDER BY score DESC, id) AS place
          FROM legs)
        SELECT id, content, SUM(1.0 / (60 + place)) AS fused
        FROM ranked GROUP BY id, content ORDER BY fused DESC, id LIMIT ?
        """;
    try (PreparedStatement search = connection.prepareStatement(sql)) {
      search.setObject(1, embedder.embed(question));
      search.setString(2, tenant);
      search.setString(3, question);
      search.setString(4, tenant);
      search.setInt(5, count);
      List<Source> sources = new ArrayList<>();
      try (ResultSet rows = search.executeQuery()) {
        while (rows.next()) {
          sources.add(new Source(rows.getLong(1), rows.getString(2), rows.getDouble(3)));
        }
      }
      return sources;
    }
  }

  // end:retriever

  /** What to send to the model: the sources, numbered, and the question. */
  public String prompt(String question, String tenant, int count) throws SQLException {
    return find(question, tenant, count).stream()
            .map(source -> "[" + source.id() + "] " + source.content())
            .collect(Collectors.joining("\n", "Answer from these sources alone:\n", "\n\n"))
        + "Question: "
        + question;
  }
}
