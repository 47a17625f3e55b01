package io.quiver.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import io.quiver.langchain4j.QuiverEmbeddingStore;
import io.quiver.springai.FunctionEmbeddingModel;
import io.quiver.springai.QuiverVectorStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The server is lost in the middle of a batch: the framework's own exception, nothing half written,
 * and the same store goes on once the server is back.
 */
class LostServerTest {
  private static final int ROWS = 400;
  private static final long CUT_BYTES = 100_000;

  @TempDir Path folder;
  private RunningServer server;
  private CutWire wire;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.over(folder.resolve("store"), 0);
    wire = new CutWire(server.port());
  }

  @AfterEach
  void stop() {
    wire.close();
    server.close();
  }

  private String url() {
    return RunningServer.url(wire.port(), "public");
  }

  /** Stops the server and starts it anew, at the same place. */
  private void restart() {
    int port = server.port();
    server.close();
    server = RunningServer.over(folder.resolve("store"), port);
  }

  private long rows(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url("public"));
        ResultSet count =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
      count.next();
      return count.getLong(1);
    }
  }

  private static float[] vector(String text) {
    Random random = new Random(text.hashCode());
    float[] vector = new float[384];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      texts.add("text " + i);
    }
    return texts;
  }

  @Test
  void langChain4j() throws Exception {
    try (QuiverEmbeddingStore store =
        QuiverEmbeddingStore.builder().url(url()).dimension(384).build()) {
      List<String> texts = texts();
      List<Embedding> embeddings = texts.stream().map(t -> Embedding.from(vector(t))).toList();
      List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
      wire.cutAfter(CUT_BYTES);
      assertThatThrownBy(() -> store.addAll(texts, embeddings, segments))
          .isInstanceOf(RetriableException.class)
          .hasMessageStartingWith("Embedding store \"embeddings\": ");
      assertThat(wire.isCut()).isTrue();
      assertThat(rows("embeddings")).isZero();

      wire.mend();
      restart();
      store.addAll(texts, embeddings, segments);
      assertThat(rows("embeddings")).isEqualTo(ROWS);
      EmbeddingSearchRequest ask =
          EmbeddingSearchRequest.builder().queryEmbedding(embeddings.get(7)).maxResults(1).build();
      assertThat(store.search(ask).matches().get(0).embedded().text()).isEqualTo("text 7");
    }
  }

  @Test
  void springAi() throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(url());
      pool.setMaximumPoolSize(2);
      QuiverVectorStore store =
          QuiverVectorStore.builder(
                  new JdbcTemplate(pool), new FunctionEmbeddingModel(384, LostServerTest::vector))
              .initializeSchema(true)
              .build();
      store.afterPropertiesSet();
      List<Document> documents = texts().stream().map(Document::new).toList();
      wire.cutAfter(CUT_BYTES);
      assertThatThrownBy(() -> store.add(documents)).isInstanceOf(DataAccessException.class);
      assertThat(wire.isCut()).isTrue();
      assertThat(rows("vector_store")).isZero();

      wire.mend();
      restart();
      store.add(documents);
      assertThat(rows("vector_store")).isEqualTo(ROWS);
      assertThat(store.similaritySearch("text 7").get(0).getText()).isEqualTo("text 7");
    }
  }

  @Test
  void hibernate() throws Exception {
    try (SessionFactory factory =
        new Configuration()
            .addAnnotatedClass(Note.class)
            .setProperty("hibernate.connection.url", url())
            .setProperty("hibernate.jdbc.batch_size", "500")
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .buildSessionFactory()) {
      wire.cutAfter(CUT_BYTES);
      assertThatThrownBy(() -> persist(factory))
          .satisfiesAnyOf(
              e -> assertThat(e).isInstanceOf(JDBCConnectionException.class),
              e -> assertThat(e).hasCauseInstanceOf(JDBCConnectionException.class));
      assertThat(wire.isCut()).isTrue();
      assertThat(rows("Note")).isZero();

      wire.mend();
      restart();
      persist(factory);
      assertThat(rows("Note")).isEqualTo(ROWS);
    }
  }

  private static void persist(SessionFactory factory) {
    factory.inTransaction(
        session -> {
          for (String text : texts()) {
            Note note = new Note();
            note.content = text;
            note.embedding = vector(text);
            session.persist(note);
          }
        });
  }
}
