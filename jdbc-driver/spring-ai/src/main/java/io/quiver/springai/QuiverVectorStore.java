package io.quiver.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.DocumentMetadata;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.vectorstore.AbstractVectorStoreBuilder;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.ai.vectorstore.observation.AbstractObservationVectorStore;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.Assert;

/**
 * Spring AI's documents in a table of Quiver: {@code (id, content, metadata, embedding)}.
 *
 * <p>Adding is atomic for each call, and durable when it returns; an id that is there is replaced.
 * A filter is part of the search: as many documents come back as were asked for while that many
 * qualify. Scores are the cosine similarity. Safe for use by many threads.
 *
 * <p>Failures are Spring's {@code DataAccessException}s.
 */
public final class QuiverVectorStore extends AbstractObservationVectorStore
    implements InitializingBean {
  private final JdbcTemplate jdbc;
  private final DocumentTable table;
  private final Optional<Integer> dimensions;
  private final boolean initializeSchema;

  private QuiverVectorStore(Builder builder) {
    super(builder);
    this.jdbc = builder.jdbc;
    this.table = new DocumentTable(builder.table);
    this.dimensions = Optional.ofNullable(builder.dimensions);
    this.initializeSchema = builder.initializeSchema;
  }

  /** Starts a store over the connections of a template. */
  public static Builder builder(JdbcTemplate jdbc, EmbeddingModel model) {
    return new Builder(jdbc, model);
  }

  @Override
  public void afterPropertiesSet() {
    if (initializeSchema) {
      int length = dimensions.orElseGet(embeddingModel::dimensions);
      jdbc.execute(table.create(length));
      // A table that was there may be of another shape, or of another model: better told now.
      float[] unit = new float[length];
      unit[0] = 1;
      jdbc.queryForList(table.nearest(FilterCondition.of(null), false), unit, 1);
    }
  }

  @Override
  public void doAdd(List<Document> documents) {
    if (documents.isEmpty()) {
      return;
    }
    List<float[]> embeddings =
        embeddingModel.embed(documents, EmbeddingOptions.builder().build(), batchingStrategy);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      Document document = documents.get(i);
      rows.add(
          new Object[] {
            document.getId(),
            document.getText(),
            MetadataJson.write(document.getMetadata()),
            embeddings.get(i)
          });
    }
    // One batch of the driver is one commit.
    jdbc.batchUpdate(table.upsert(), rows);
  }

  @Override
  public void doDelete(List<String> ids) {
    if (!ids.isEmpty()) {
      jdbc.batchUpdate(table.delete(), ids.stream().map(id -> new Object[] {id}).toList());
    }
  }

  @Override
  protected void doDelete(Filter.Expression filter) {
    FilterCondition condition = FilterCondition.of(filter);
    jdbc.update(table.delete(condition), condition.parameters().toArray());
  }

  @Override
  public List<Document> doSimilaritySearch(SearchRequest request) {
    FilterCondition condition = FilterCondition.of(request.getFilterExpression());
    List<Object> parameters = new ArrayList<>();
    parameters.add(embeddingModel.embed(request.getQuery()));
    parameters.add(request.getTopK());
    parameters.addAll(condition.parameters());
    boolean all = request.getSimilarityThreshold() == SearchRequest.SIMILARITY_THRESHOLD_ACCEPT_ALL;
    if (!all) {
      parameters.add(1 - request.getSimilarityThreshold());
    }
    return jdbc.query(
        table.nearest(condition, !all),
        (row, number) -> {
          double distance = row.getDouble("distance");
          Map<String, Object> metadata = MetadataJson.read(row.getString("metadata"));
          metadata.put(DocumentMetadata.DISTANCE.value(), distance);
          return Document.builder()
              .id(row.getString("id"))
              .text(row.getString("content"))
              .metadata(metadata)
              .score(1 - distance)
              .build();
        },
        parameters.toArray());
  }

  @Override
  public VectorStoreObservationContext.Builder createObservationContextBuilder(String operation) {
    return VectorStoreObservationContext.builder("quiver", operation)
        .collectionName(table.name())
        .dimensions(dimensions.orElseGet(embeddingModel::dimensions))
        .similarityMetric("cosine");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Optional<T> getNativeClient() {
    return Optional.of((T) jdbc);
  }

  /** Builds a store. */
  public static final class Builder extends AbstractVectorStoreBuilder<Builder> {
    private final JdbcTemplate jdbc;
    private String table = "vector_store";
    private @Nullable Integer dimensions;
    private boolean initializeSchema;

    private Builder(JdbcTemplate jdbc, EmbeddingModel model) {
      super(model);
      Assert.notNull(jdbc, "JdbcTemplate must not be null");
      this.jdbc = jdbc;
    }

    /** The table, {@code vector_store} unless said otherwise; {@code schema.table} is fine too. */
    public Builder table(String table) {
      Assert.hasText(table, "table must not be empty");
      this.table = table;
      return this;
    }

    /** Length of the model's vectors; the model is asked where it is not given. */
    public Builder dimensions(int dimensions) {
      this.dimensions = dimensions;
      return this;
    }

    /** Whether the table is made where it is missing; false unless said otherwise. */
    public Builder initializeSchema(boolean initializeSchema) {
      this.initializeSchema = initializeSchema;
      return this;
    }

    @Override
    public QuiverVectorStore build() {
      return new QuiverVectorStore(this);
    }
  }
}
