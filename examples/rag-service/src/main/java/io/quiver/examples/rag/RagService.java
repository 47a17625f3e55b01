package io.quiver.examples.rag;

import io.quiver.examples.embedding.MiniLmEmbedder;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of the service, over the {@code DataSource} that Boot makes of the URL. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class RagService {
  @Bean
  MiniLmEmbedder embedder() {
    return new MiniLmEmbedder();
  }

  @Bean
  PassageTable table(RagSettings settings) {
    return new PassageTable(settings.table(), MiniLmEmbedder.DIMENSION);
  }

  @Bean
  Retrieval retrieval(JdbcTemplate jdbc, PassageTable table) {
    return new Retrieval(jdbc, table);
  }

  @Bean
  @ConditionalOnMissingBean
  Answerer answerer(MiniLmEmbedder embedder) {
    return new ExtractiveAnswerer(embedder);
  }

  @Bean
  Ingest ingest(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      PassageTable table,
      MiniLmEmbedder embedder) {
    return new Ingest(jdbc, transaction, table, embedder);
  }

  @Bean
  IngestJob ingestJob(Ingest ingest, RagSettings settings) {
    return new IngestJob(ingest, settings.folder(), System.out);
  }

  /** The service answers from what it has while it reads what is new. */
  @Bean
  ApplicationRunner readTheFolder(Ingest ingest, IngestJob job) {
    return arguments -> {
      ingest.prepare();
      job.start();
    };
  }
}
