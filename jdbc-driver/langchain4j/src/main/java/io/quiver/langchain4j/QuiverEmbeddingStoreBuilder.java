package io.quiver.langchain4j;

import static dev.langchain4j.internal.ValidationUtils.ensureNotBlank;
import static dev.langchain4j.internal.ValidationUtils.ensureNotNull;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link QuiverEmbeddingStore}. */
public final class QuiverEmbeddingStoreBuilder {
  private @Nullable String url;
  private @Nullable DataSource dataSource;
  private String table = "embeddings";
  private int dimension;
  private boolean createTable = true;
  private RetrievalMode retrievalMode = RetrievalMode.VECTOR;
  private final Map<String, MetadataColumn> columns = new LinkedHashMap<>();

  QuiverEmbeddingStoreBuilder() {}

  /**
   * Where the database is: {@code jdbc:quiver:DIR}, {@code jdbc:quiver::memory:} or {@code
   * jdbc:quiver://host:port}. The store opens connections of its own and keeps them until it is
   * closed. A database in memory without a name is the store's alone.
   */
  public QuiverEmbeddingStoreBuilder url(String url) {
    this.url = ensureNotBlank(url, "url");
    return this;
  }

  /** Where connections come from, instead of {@link #url}: one is taken for each operation. */
  public QuiverEmbeddingStoreBuilder dataSource(DataSource dataSource) {
    this.dataSource = ensureNotNull(dataSource, "dataSource");
    return this;
  }

  /** The table, {@code embeddings} unless said otherwise; {@code schema.table} is fine too. */
  public QuiverEmbeddingStoreBuilder table(String table) {
    this.table = ensureNotBlank(table, "table");
    return this;
  }

  /** Length of the model's vectors, 1 to 16,384; needed to make the table. */
  public QuiverEmbeddingStoreBuilder dimension(int dimension) {
    this.dimension = dimension;
    return this;
  }

  /** Whether the table is made where it is missing; true unless said otherwise. */
  public QuiverEmbeddingStoreBuilder createTable(boolean createTable) {
    this.createTable = createTable;
    return this;
  }

  /** What searches go by; {@link RetrievalMode#VECTOR} unless said otherwise. */
  public QuiverEmbeddingStoreBuilder retrievalMode(RetrievalMode mode) {
    this.retrievalMode = ensureNotNull(mode, "retrievalMode");
    return this;
  }

  /**
   * Keeps a metadata key in a column of its own instead of the JSON: typed, and quick to filter by
   * once it has an index.
   *
   * @param type one of String, UUID, Integer, Long, Float and Double
   */
  public QuiverEmbeddingStoreBuilder metadataColumn(String key, Class<?> type) {
    columns.put(ensureNotBlank(key, "key"), new MetadataColumn(key, ensureNotNull(type, "type")));
    return this;
  }

  /**
   * Opens the store, making its table if need be.
   *
   * @throws dev.langchain4j.exception.LangChain4jException if the database cannot be opened, or the
   *     table is missing or of another shape, or its vectors of another length
   */
  public QuiverEmbeddingStore build() {
    if ((url == null) == (dataSource == null)) {
      throw new IllegalArgumentException("Give the store either a url or a dataSource");
    }
    if (createTable && dimension < 1) {
      throw new IllegalArgumentException(
          "Give the store the dimension of its model's vectors, or createTable(false)");
    }
    ConnectionSource connections =
        url != null ? ConnectionSource.of(url) : ConnectionSource.of(dataSource);
    QuiverEmbeddingStore store =
        new QuiverEmbeddingStore(connections, new StoreTable(table, columns), retrievalMode);
    try {
      if (createTable) {
        store.create(dimension, retrievalMode == RetrievalMode.HYBRID);
      }
      store.probe(dimension);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
