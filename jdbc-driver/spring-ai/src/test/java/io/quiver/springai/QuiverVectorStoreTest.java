package io.quiver.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Filters, thresholds, failures and the auto-configuration of Quiver's store. */
class QuiverVectorStoreTest {
  private SingleConnectionDataSource connection;
  private JdbcTemplate jdbc;
  private QuiverVectorStore store;

  @BeforeEach
  void open() {
    connection = new SingleConnectionDataSource(DatabaseUnderTest.ofItsOwn(), true);
    jdbc = new JdbcTemplate(connection);
    store = QuiverVectorStore.builder(jdbc, MiniLm.model()).initializeSchema(true).build();
    store.afterPropertiesSet();
    store.add(
        List.of(
            new Document(
                "a", "A cat on the sofa", Map.of("lang", "en", "year", 2021, "open", true)),
            new Document("b", "A log on the disk", Map.of("lang", "en", "year", 2024)),
            new Document("c", "Un chat sur le canapé", Map.of("lang", "fr", "rating", 4.5))));
  }

  @AfterEach
  void close() {
    connection.destroy();
  }

  private List<String> ids(String filter) {
    return store
        .similaritySearch(
            SearchRequest.builder()
                .query("cats")
                .topK(10)
                .similarityThresholdAll()
                .filterExpression(filter)
                .build())
        .stream()
        .map(Document::getId)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "lang == 'en' # a b",
        "lang != 'en' # c",
        "year > 2021 # b",
        "year >= 2021 && year < 2024 # a",
        "year <= 2024 || lang == 'fr' # a b c",
        "lang in ['fr', 'de'] # c",
        "lang nin ['fr', 'de'] # a b",
        "NOT(year == 2021) # b c",
        "open == true # a",
        "rating == 4.5 # c",
        "(lang == 'en' && year > 2022) || rating > 4 # b c",
        "nowhere == 'x' # ``",
        "nowhere != 'x' # a b c",
        "year IS NULL # c",
        "year IS NOT NULL # a b",
      })
  void filters(String filter, String ids) {
    assertThat(String.join(" ", ids(filter))).isEqualTo(ids);
  }

  @Test
  void scoresAreCosineSimilarities() {
    List<Document> found =
        store.similaritySearch(
            SearchRequest.builder().query("A log on the disk").similarityThreshold(0.9).build());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getId()).isEqualTo("b");
    assertThat(found.get(0).getScore()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(found.get(0).getMetadata()).containsEntry("year", 2024).containsKey("distance");
  }

  @Test
  void anIdThatIsThereIsReplaced() {
    store.add(List.of(new Document("a", "A dog", Map.of())));
    assertThat(ids("lang == 'en'")).containsExactly("b");
    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM vector_store", Long.class)).isEqualTo(3);
  }

  @Test
  void aModelOfAnotherLengthIsRefusedWhole() {
    jdbc.execute(
        "CREATE TABLE three (id VARCHAR PRIMARY KEY, content VARCHAR, metadata JSON, embedding"
            + " VECTOR(3))");
    QuiverVectorStore other =
        QuiverVectorStore.builder(jdbc, MiniLm.model()).table("three").build();
    assertThatThrownBy(() -> other.add(List.of(new Document("x", "text", Map.of()))))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("384");
    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM three", Long.class)).isZero();
  }

  @Test
  void aMissingTableIsNamed() {
    QuiverVectorStore other =
        QuiverVectorStore.builder(jdbc, MiniLm.model()).table("nowhere").build();
    assertThatThrownBy(() -> other.similaritySearch("x"))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aTableOfAnotherShapeOrLengthIsRefusedAtOnce() {
    jdbc.execute("CREATE TABLE other (id BIGINT PRIMARY KEY)");
    assertThatThrownBy(() -> initialised("other"))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("content");
    jdbc.execute(
        "CREATE TABLE three (id VARCHAR PRIMARY KEY, content VARCHAR, metadata JSON, embedding"
            + " VECTOR(3))");
    assertThatThrownBy(() -> initialised("three"))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("384");
  }

  private void initialised(String table) {
    QuiverVectorStore.builder(jdbc, MiniLm.model())
        .table(table)
        .initializeSchema(true)
        .build()
        .afterPropertiesSet();
  }

  @Test
  void ofAnIdGivenTwiceTheLastIsKept() {
    store.add(
        List.of(new Document("z", "first", Map.of()), new Document("z", "last", Map.of("k", 1))));
    assertThat(jdbc.queryForList("SELECT content FROM vector_store WHERE id = 'z'", String.class))
        .containsExactly("last");
  }

  @Test
  void hugeMetadataComesBackWhole() {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("text", "\u00e9\"\\".repeat(300_000));
    for (int i = 0; i < 5_000; i++) {
      metadata.put("key" + i, i);
    }
    store.add(List.of(new Document("z", "x", metadata)));
    List<Document> found =
        store.similaritySearch(
            SearchRequest.builder().query("x").filterExpression("key4999 == 4999").build());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getMetadata()).containsAllEntriesOf(metadata);
  }

  /** What no JSON can be made of. */
  public static final class Broken {
    public String getValue() {
      throw new IllegalStateException("broken");
    }
  }

  @Test
  void whatCannotBeKeptIsRefusedWhole() {
    assertThatThrownBy(
            () ->
                store.add(
                    List.of(
                        new Document("y", "fine", Map.of()),
                        new Document("z", "not", Map.of("broken", new Broken())))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The metadata cannot be written as JSON: ");
    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM vector_store", Long.class)).isEqualTo(3);
    assertThatThrownBy(() -> new Document((String) null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bootMakesAStore() throws SQLException {
    String url = DatabaseUnderTest.ofItsOwn();
    // A database in memory lasts as long as a connection to it.
    try (Connection held = DriverManager.getConnection(url)) {
      assertThat(held.isValid(1)).isTrue();
      bootMakesAStore(url);
    }
  }

  private static void bootMakesAStore(String url) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                QuiverVectorStoreAutoConfiguration.class))
        .withBean(EmbeddingModel.class, MiniLm::model)
        .withPropertyValues(
            "spring.datasource.url=" + url,
            "spring.datasource.driver-class-name=io.quiver.jdbc.QuiverDriver",
            "spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource",
            "spring.ai.vectorstore.quiver.initialize-schema=true",
            "spring.ai.vectorstore.quiver.table=passages")
        .run(
            context -> {
              assertThat(context).hasSingleBean(QuiverVectorStore.class);
              VectorStore made = context.getBean(VectorStore.class);
              assertThat(made.getName()).isEqualTo("QuiverVectorStore");
            });
  }
}
