package io.quiver.springai;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes a {@link QuiverVectorStore} of the application's {@code DataSource} and {@code
 * EmbeddingModel}, unless there is a vector store, or {@code spring.ai.vectorstore.type} names
 * another.
 */
@AutoConfiguration(after = JdbcTemplateAutoConfiguration.class)
@EnableConfigurationProperties(QuiverVectorStoreProperties.class)
@ConditionalOnProperty(
    name = "spring.ai.vectorstore.type",
    havingValue = "quiver",
    matchIfMissing = true)
public class QuiverVectorStoreAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(BatchingStrategy.class)
  BatchingStrategy quiverBatchingStrategy() {
    return new TokenCountBatchingStrategy();
  }

  @Bean
  @ConditionalOnMissingBean(VectorStore.class)
  @ConditionalOnBean({JdbcTemplate.class, EmbeddingModel.class})
  QuiverVectorStore quiverVectorStore(
      JdbcTemplate jdbc,
      EmbeddingModel model,
      QuiverVectorStoreProperties properties,
      BatchingStrategy batchingStrategy,
      ObjectProvider<ObservationRegistry> observations,
      ObjectProvider<VectorStoreObservationConvention> convention) {
    QuiverVectorStore.Builder store =
        QuiverVectorStore.builder(jdbc, model)
            .table(properties.getTable())
            .initializeSchema(properties.isInitializeSchema())
            .batchingStrategy(batchingStrategy)
            .observationRegistry(observations.getIfUnique(() -> ObservationRegistry.NOOP))
            .customObservationConvention(convention.getIfAvailable());
    Integer dimensions = properties.getDimensions();
    return (dimensions == null ? store : store.dimensions(dimensions)).build();
  }
}
