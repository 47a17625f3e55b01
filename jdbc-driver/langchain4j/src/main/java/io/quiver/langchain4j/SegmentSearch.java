package io.quiver.langchain4j;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The segments that answer a request, best first. */
final class SegmentSearch {
  /** A fused search takes from each leg at least so many, so that both have a say. */
  private static final int LEG_LEAST = 100;

  private final StoreTable table;
  private final RetrievalMode mode;

  SegmentSearch(StoreTable table, RetrievalMode mode) {
    this.table = table;
    this.mode = mode;
  }

  List<EmbeddingMatch<TextSegment>> run(Connection connection, EmbeddingSearchRequest request)
      throws SQLException {
    FilterCondition condition = FilterCondition.of(request.filter(), table.columns());
    boolean words =
        mode == RetrievalMode.HYBRID && request.query() != null && !request.query().isBlank();
    return words ? fused(connection, request, condition) : nearest(connection, request, condition);
  }

  private List<EmbeddingMatch<TextSegment>> nearest(
      Connection connection, EmbeddingSearchRequest request, FilterCondition condition)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    parameters.add(request.queryEmbedding().vector());
    parameters.add(request.maxResults());
    parameters.addAll(condition.parameters());
    // relevance = (2 - distance) / 2
    parameters.add(2 - 2 * request.minScore());
    List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
    try (PreparedStatement search = prepared(connection, table.nearest(condition), parameters);
        ResultSet rows = search.executeQuery()) {
      while (rows.next()) {
        matches.add(match(rows, (2 - rows.getDouble("distance")) / 2));
      }
    }
    return matches;
  }

  private List<EmbeddingMatch<TextSegment>> fused(
      Connection connection, EmbeddingSearchRequest request, FilterCondition condition)
      throws SQLException {
    int leg = Math.max(LEG_LEAST, request.maxResults());
    List<Object> parameters = new ArrayList<>();
    parameters.add(request.queryEmbedding().vector());
    parameters.add(leg);
    parameters.addAll(condition.parameters());
    parameters.add(request.query());
    parameters.add(leg);
    parameters.addAll(condition.parameters());
    parameters.add(request.minScore());
    parameters.add(request.maxResults());
    List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
    try (PreparedStatement search = prepared(connection, table.fused(condition), parameters);
        ResultSet rows = search.executeQuery()) {
      while (rows.next()) {
        matches.add(match(rows, rows.getDouble("relevance")));
      }
    }
    return matches;
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private EmbeddingMatch<TextSegment> match(ResultSet row, double score) throws SQLException {
    String text = row.getString(StoreTable.CONTENT);
    TextSegment segment = null;
    if (text != null) {
      Metadata metadata = MetadataJson.read(row.getString(StoreTable.METADATA));
      for (MetadataColumn column : table.columns().values()) {
        column.read(row, metadata);
      }
      segment = TextSegment.from(text, metadata);
    }
    return new EmbeddingMatch<>(
        score,
        row.getString(StoreTable.ID),
        Embedding.from(row.getObject(StoreTable.EMBEDDING, float[].class)),
        segment);
  }
}
