package io.quiver.langchain4j;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.filter.Filter;
import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Quiver's store does beyond LangChain4j's contract, and how it fails. */
class QuiverEmbeddingStoreTest {
  private static final Embedding EAST = Embedding.from(new float[] {1, 0, 0});
  private static final Embedding NORTH = Embedding.from(new float[] {0, 1, 0});

  private static QuiverEmbeddingStoreBuilder small(String url) {
    return QuiverEmbeddingStore.builder().url(url).dimension(3);
  }

  private static List<String> ids(List<EmbeddingMatch<TextSegment>> matches) {
    return matches.stream().map(EmbeddingMatch::embeddingId).toList();
  }

  private static List<EmbeddingMatch<TextSegment>> find(
      QuiverEmbeddingStore store, @Nullable String query, @Nullable Filter filter) {
    return store
        .search(
            EmbeddingSearchRequest.builder()
                .queryEmbedding(EAST)
                .query(query)
                .filter(filter)
                .maxResults(10)
                .build())
        .matches();
  }

  @Test
  void aDirectoryKeepsWhatWasAdded(@TempDir Path directory) {
    String url = "jdbc:quiver:" + directory.resolve("store");
    try (QuiverEmbeddingStore store = small(url).build()) {
      store.addAll(
          List.of("a", "b"),
          List.of(EAST, NORTH),
          List.of(TextSegment.from("east"), TextSegment.from("north", new Metadata().put("n", 1))));
    }
    try (QuiverEmbeddingStore store = small(url).build()) {
      List<EmbeddingMatch<TextSegment>> found = find(store, null, null);
      assertThat(ids(found)).containsExactly("a", "b");
      assertThat(found.get(1).embedded().metadata().getInteger("n")).isEqualTo(1);
    }
  }

  @Test
  void anIdThatIsThereIsReplaced() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      store.addAll(List.of("a"), List.of(NORTH), List.of(TextSegment.from("old")));
      store.addAll(List.of("a"), List.of(EAST), List.of(TextSegment.from("new")));
      List<EmbeddingMatch<TextSegment>> found = find(store, null, null);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).score()).isEqualTo(1);
      assertThat(found.get(0).embedded().text()).isEqualTo("new");
    }
  }

  @Test
  void metadataKeysWithColumnsKeepTheirTypesAndFilters() throws SQLException {
    UUID owner = UUID.randomUUID();
    String url = DatabaseUnderTest.ofItsOwn();
    try (QuiverEmbeddingStore store =
            small(url)
                .table("public.notes")
                .metadataColumn("tenant", String.class)
                .metadataColumn("owner", UUID.class)
                .metadataColumn("year", Integer.class)
                .metadataColumn("size", Long.class)
                .metadataColumn("weight", Double.class)
                .build();
        Connection connection = DriverManager.getConnection(url)) {
      Metadata metadata =
          new Metadata()
              .put("tenant", "acme")
              .put("owner", owner)
              .put("year", 2026)
              .put("size", Long.MAX_VALUE)
              .put("weight", 0.1f)
              .put("other", "json");
      store.addAll(
          List.of("a", "b"),
          List.of(EAST, NORTH),
          List.of(TextSegment.from("one", metadata), TextSegment.from("two")));

      Metadata read =
          find(store, null, metadataKey("tenant").isEqualTo("acme")).get(0).embedded().metadata();
      assertThat(read.getString("tenant")).isEqualTo("acme");
      assertThat(read.getUUID("owner")).isEqualTo(owner);
      assertThat(read.getInteger("year")).isEqualTo(2026);
      assertThat(read.getLong("size")).isEqualTo(Long.MAX_VALUE);
      assertThat(read.getFloat("weight")).isEqualTo(0.1f);
      assertThat(read.getString("other")).isEqualTo("json");

      assertThat(ids(find(store, null, metadataKey("owner").isEqualTo(owner))))
          .containsExactly("a");
      assertThat(ids(find(store, null, metadataKey("owner").isNotEqualTo(owner))))
          .containsExactly("b");
      assertThat(ids(find(store, null, metadataKey("year").isGreaterThan(2025L))))
          .containsExactly("a");
      assertThat(ids(find(store, null, metadataKey("size").isIn(Long.MAX_VALUE, 1L))))
          .containsExactly("a");
      assertThat(ids(find(store, null, metadataKey("year").isNotIn(2026)))).containsExactly("b");
      try (var rows =
          connection
              .createStatement()
              .executeQuery("SELECT tenant, metadata FROM public.notes WHERE size > 5")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("acme");
        assertThat(rows.getString(2)).isEqualTo("{\"other\":\"json\"}");
      }
    }
  }

  @Test
  void wholeNumbersBeyondDoublesAreToldApart() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      store.addAll(
          List.of("a", "b"),
          List.of(EAST, NORTH),
          List.of(
              TextSegment.from("x", new Metadata().put("n", 1746714878034235396L)),
              TextSegment.from("y", new Metadata().put("n", 1746714878034235397L))));
      assertThat(ids(find(store, null, metadataKey("n").isEqualTo(1746714878034235396L))))
          .containsExactly("a");
      assertThat(ids(find(store, null, metadataKey("n").isIn(1746714878034235397L, 3L))))
          .containsExactly("b");
    }
  }

  @Test
  void aKeyMayLookLikeSql() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      String key = "it's; DROP TABLE embeddings --";
      store.addAll(
          List.of("a", "b"),
          List.of(EAST, NORTH),
          List.of(TextSegment.from("x", Metadata.from(key, "v")), TextSegment.from("y")));
      assertThat(ids(find(store, null, metadataKey(key).isEqualTo("v")))).containsExactly("a");
      assertThat(ids(find(store, null, metadataKey("nowhere").isEqualTo("v")))).isEmpty();
      assertThatThrownBy(() -> find(store, null, metadataKey("a\"b").isEqualTo("v")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Metadata key 'a\"b' cannot be filtered by: it contains a quotation mark or a"
                  + " backslash. Give it a column of its own (metadataColumn)");
    }
  }

  @Test
  void wordsAndMeaningAreFused() {
    try (QuiverEmbeddingStore store =
        small(DatabaseUnderTest.ofItsOwn()).retrievalMode(RetrievalMode.HYBRID).build()) {
      store.addAll(
          List.of("near", "both", "words"),
          List.of(EAST, Embedding.from(new float[] {0.9f, 0.4f, 0}), NORTH),
          List.of(
              TextSegment.from("a compass", new Metadata().put("k", 1)),
              TextSegment.from("a quiver of arrows", new Metadata().put("k", 1)),
              TextSegment.from("quiver quiver", new Metadata().put("k", 2))));
      List<EmbeddingMatch<TextSegment>> found = find(store, "quivers", null);
      assertThat(ids(found)).containsExactlyInAnyOrder("both", "words", "near");
      assertThat(found.get(0).embeddingId()).isIn("both", "words");
      assertThat(found.get(0).score()).isBetween(0.9, 1.0);
      assertThat(ids(find(store, "quivers", metadataKey("k").isEqualTo(1))))
          .containsExactly("both", "near");
      // Without words the embedding decides.
      assertThat(ids(find(store, null, null))).containsExactly("near", "both", "words");
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWhole() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      assertThatThrownBy(
              () ->
                  store.addAll(
                      List.of("a", "b"),
                      List.of(EAST, Embedding.from(new float[] {1, 2})),
                      List.of(TextSegment.from("x"), TextSegment.from("y"))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("Embedding store \"embeddings\": ")
          .hasMessageContaining("3")
          .hasMessageContaining("2");
      assertThat(find(store, null, null)).isEmpty();
      assertThatThrownBy(() -> store.add(" ", EAST))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("id cannot be null or blank");
    }
  }

  @Test
  void aTableOfAnotherShapeIsRefusedAtOnce() throws SQLException {
    String url = DatabaseUnderTest.ofItsOwn();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("CREATE TABLE embeddings (id BIGINT PRIMARY KEY)");
      assertThatThrownBy(() -> small(url).build())
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("Embedding store \"embeddings\": ")
          .hasMessageContaining("content");
      assertThatThrownBy(() -> small(url).table("nowhere").createTable(false).build())
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void aModelOfAnotherLengthIsRefusedAtOnce() throws SQLException {
    String url = DatabaseUnderTest.ofItsOwn();
    try (Connection held = DriverManager.getConnection(url);
        QuiverEmbeddingStore three = small(url).build()) {
      assertThat(held.isValid(1)).isTrue();
      three.add("a", EAST);
      assertThatThrownBy(() -> QuiverEmbeddingStore.builder().url(url).dimension(4).build())
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("Embedding store \"embeddings\": ")
          .hasMessageContaining("3")
          .hasMessageContaining("4");
      assertThatThrownBy(
              () ->
                  three.search(
                      EmbeddingSearchRequest.builder()
                          .queryEmbedding(Embedding.from(new float[] {1, 2, 3, 4}))
                          .build()))
          .isInstanceOf(InvalidRequestException.class);
      assertThat(ids(find(three, null, null))).containsExactly("a");
    }
  }

  @Test
  void ofAnIdGivenTwiceTheLastIsKept() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      store.addAll(
          List.of("a", "a"),
          List.of(EAST, NORTH),
          List.of(TextSegment.from("first"), TextSegment.from("last")));
      List<EmbeddingMatch<TextSegment>> found = find(store, null, null);
      assertThat(ids(found)).containsExactly("a");
      assertThat(found.get(0).embedded().text()).isEqualTo("last");
    }
  }

  @Test
  void hugeMetadataComesBackWhole() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      Metadata metadata = new Metadata().put("text", "\u00e9\"\\".repeat(300_000));
      for (int i = 0; i < 5_000; i++) {
        metadata.put("key" + i, i);
      }
      store.addAll(List.of("a"), List.of(EAST), List.of(TextSegment.from("x", metadata)));
      EmbeddingMatch<TextSegment> found =
          find(store, null, metadataKey("key4999").isEqualTo(4999)).get(0);
      assertThat(found.embedded().metadata()).isEqualTo(metadata);
    }
  }

  @Test
  void aNullAmongWhatIsAddedIsRefusedWhole() {
    try (QuiverEmbeddingStore store = small(DatabaseUnderTest.ofItsOwn()).build()) {
      assertThatThrownBy(() -> store.addAll(List.of("a", "b"), Arrays.asList(EAST, null), null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("embedding cannot be null");
      assertThat(find(store, null, null)).isEmpty();
      // A text that is absent is no mistake.
      store.addAll(List.of("a"), List.of(EAST), Arrays.asList((TextSegment) null));
      assertThat(find(store, null, null).get(0).embedded()).isNull();
    }
  }

  @Test
  void aBuilderSaysWhatItLacks() {
    assertThatThrownBy(() -> QuiverEmbeddingStore.builder().dimension(3).build())
        .hasMessage("Give the store either a url or a dataSource");
    assertThatThrownBy(() -> QuiverEmbeddingStore.builder().url("jdbc:quiver::memory:").build())
        .hasMessage("Give the store the dimension of its model's vectors, or createTable(false)");
    assertThatThrownBy(
            () -> small(DatabaseUnderTest.ofItsOwn()).metadataColumn("id", String.class).build())
        .hasMessage(
            "A metadata column cannot be named \"id\": the table has a column of that name");
    assertThatThrownBy(() -> small(DatabaseUnderTest.ofItsOwn()).metadataColumn("d", Object.class))
        .hasMessage(
            "A metadata column cannot be of java.lang.Object; LangChain4j's metadata knows String,"
                + " UUID, Integer, Long, Float and Double");
  }

  @Test
  void aClosedStoreSaysSo() {
    QuiverEmbeddingStore store = small("jdbc:quiver::memory:").build();
    store.add("a", EAST);
    store.close();
    assertThatThrownBy(() -> find(store, null, null))
        .isInstanceOf(RetriableException.class)
        .hasMessage("Embedding store \"embeddings\": The embedding store is closed");
  }

  @Test
  void connectionsMayBeTheApplications() throws SQLException {
    String url = DatabaseUnderTest.ofItsOwn();
    try (Connection held = DriverManager.getConnection(url)) {
      QuiverEmbeddingStore store =
          QuiverEmbeddingStore.builder().dataSource(new Urls(url)).dimension(3).build();
      store.add("a", EAST);
      assertThat(ids(find(store, null, null))).containsExactly("a");
      store.close();
      assertThat(held.isValid(1)).isTrue();
    }
  }

  /** The least of a DataSource. */
  private record Urls(String url) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("Not a wrapper of " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
