package io.quiver.langchain4j;

import static dev.langchain4j.internal.Utils.randomUUID;
import static dev.langchain4j.internal.ValidationUtils.ensureNotBlank;
import static dev.langchain4j.internal.ValidationUtils.ensureNotNull;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's embeddings in a table of Quiver: {@code (id, content, metadata, embedding)}, and a
 * column for each metadata key that asks for one.
 *
 * <p>Adding and removing is atomic, and durable when the call returns; an id that is there is
 * replaced. A filter is part of the search: as many rows come back as were asked for while that
 * many qualify. Safe for use by many threads.
 *
 * <pre>{@code
 * EmbeddingStore<TextSegment> store =
 *     QuiverEmbeddingStore.builder().url("jdbc:quiver:./data").dimension(384).build();
 * }</pre>
 */
public final class QuiverEmbeddingStore implements EmbeddingStore<TextSegment>, AutoCloseable {
  private final ConnectionSource connections;
  private final StoreTable table;
  private final SegmentSearch search;

  QuiverEmbeddingStore(ConnectionSource connections, StoreTable table, RetrievalMode mode) {
    this.connections = connections;
    this.table = table;
    this.search = new SegmentSearch(table, mode);
  }

  /** A builder; {@code url} or {@code dataSource}, and the {@code dimension}, are needed. */
  public static QuiverEmbeddingStoreBuilder builder() {
    return new QuiverEmbeddingStoreBuilder();
  }

  @Override
  public String add(Embedding embedding) {
    String id = randomUUID();
    add(id, embedding);
    return id;
  }

  @Override
  public void add(String id, Embedding embedding) {
    addAll(List.of(id), List.of(embedding), null);
  }

  @Override
  public String add(Embedding embedding, TextSegment segment) {
    String id = randomUUID();
    addAll(List.of(id), List.of(embedding), Collections.singletonList(segment));
    return id;
  }

  @Override
  public List<String> addAll(List<Embedding> embeddings) {
    List<String> ids = generateIds(embeddings.size());
    addAll(ids, embeddings, null);
    return ids;
  }

  /**
   * Puts all, or nothing.
   *
   * @param segments one an embedding, or null where there are none
   */
  @Override
  public void addAll(
      @Nullable List<String> ids,
      @Nullable List<Embedding> embeddings,
      @Nullable List<TextSegment> segments) {
    int count = embeddings == null ? 0 : embeddings.size();
    ensureSameSize("ids", ids == null ? 0 : ids.size(), "embeddings", count);
    if (segments != null && !segments.isEmpty()) {
      ensureSameSize("embeddings", count, "embedded", segments.size());
    }
    if (ids == null || embeddings == null || count == 0) {
      return;
    }
    run(
        connection -> {
          try (PreparedStatement put = connection.prepareStatement(table.upsert())) {
            for (int i = 0; i < count; i++) {
              TextSegment segment = segments == null || segments.isEmpty() ? null : segments.get(i);
              bind(put, ensureNotBlank(ids.get(i), "id"), embeddings.get(i), segment);
              put.addBatch();
            }
            return put.executeBatch();
          }
        });
  }

  private static void ensureSameSize(String what, int size, String other, int otherSize) {
    if (size != otherSize) {
      throw new IllegalArgumentException(
          what + " size (" + size + ") is not equal to " + other + " size (" + otherSize + ")");
    }
  }

  private void bind(
      PreparedStatement put, String id, Embedding embedding, @Nullable TextSegment segment)
      throws SQLException {
    Metadata metadata = segment == null ? null : segment.metadata();
    put.setString(1, id);
    setText(put, 2, segment == null ? null : segment.text());
    setText(put, 3, MetadataJson.write(metadata, table.columns().keySet()));
    put.setObject(4, ensureNotNull(embedding, "embedding").vector());
    int index = 5;
    for (MetadataColumn column : table.columns().values()) {
      put.setObject(index++, column.valueIn(metadata));
    }
  }

  private static void setText(PreparedStatement put, int index, @Nullable String text)
      throws SQLException {
    if (text == null) {
      put.setNull(index, Types.VARCHAR);
    } else {
      put.setString(index, text);
    }
  }

  /** Removes those of the ids that are there, all at once. */
  @Override
  public void removeAll(@Nullable Collection<String> ids) {
    if (ids == null || ids.isEmpty()) {
      return;
    }
    run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(table.delete())) {
            for (String id : ids) {
              delete.setString(1, ensureNotBlank(id, "id"));
              delete.addBatch();
            }
            return delete.executeBatch();
          }
        });
  }

  @Override
  public void removeAll(Filter filter) {
    FilterCondition condition =
        FilterCondition.of(ensureNotNull(filter, "filter"), table.columns());
    run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(table.delete(condition))) {
            int index = 1;
            for (Object parameter : condition.parameters()) {
              delete.setObject(index++, parameter);
            }
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public void removeAll() {
    run(connection -> execute(connection, table.truncate()));
  }

  @Override
  public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
    return new EmbeddingSearchResult<>(run(connection -> search.run(connection, request)));
  }

  /** Makes the table and its text index where they are missing. */
  void create(int dimension, boolean words) {
    run(connection -> execute(connection, table.create(dimension)));
    if (words) {
      run(connection -> execute(connection, table.createTextIndex()));
    }
  }

  /**
   * Fails where the table is missing, lacks a column, or keeps vectors of another length.
   *
   * @param dimension of the model; 0 where it was not told
   */
  void probe(int dimension) {
    run(connection -> execute(connection, table.probe()));
    if (dimension > 0) {
      float[] unit = new float[dimension];
      unit[0] = 1;
      Embedding any = Embedding.from(unit);
      search(EmbeddingSearchRequest.builder().queryEmbedding(any).maxResults(1).build());
    }
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.execute();
    }
  }

  private <T> T run(ConnectionSource.Work<T> work) {
    try {
      return connections.run(work);
    } catch (SQLException e) {
      throw StoreFailure.of(table.name(), e);
    }
  }

  /** Releases the connections the store opened; those of a {@code DataSource} are not its own. */
  @Override
  public void close() {
    connections.close();
  }
}
