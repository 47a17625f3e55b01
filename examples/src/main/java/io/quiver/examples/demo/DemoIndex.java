package io.quiver.examples.demo;

import io.quiver.examples.embedding.MiniLmEmbedder;
import io.quiver.examples.text.Passage;
import io.quiver.examples.text.PassageCutter;
import io.quiver.examples.text.TextFile;
import io.quiver.server.cli.ProgressBar;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The two tables of the demo: passages with all their vectors, and the files they come from. */
final class DemoIndex {
  /** Some 150 tokens: short enough to be about one thing, long enough to say it. */
  private static final int PASSAGE_LENGTH = 700;

  private static final int BATCH_ROWS = 64;

  private static final List<String> DEFINITIONS =
      List.of(
          """
          CREATE TABLE files (
            file VARCHAR NOT NULL PRIMARY KEY,
            kind VARCHAR,
            bytes BIGINT,
            modified TIMESTAMP)
          """,
          """
          CREATE TABLE passages (
            id BIGINT NOT NULL PRIMARY KEY,
            file VARCHAR NOT NULL,
            heading VARCHAR,
            length INTEGER,
            modified TIMESTAMP,
            content VARCHAR,
            embedding VECTOR(384) HIDDEN,
            tokens MULTIVECTOR(384) HIDDEN)
          """,
          "CREATE INDEX passages_words ON passages USING BM25 (content)",
          "CREATE INDEX passages_length ON passages (length)");

  private final Connection connection;
  private final PrintStream out;

  DemoIndex(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  /** Whether this database holds the demo's tables already. */
  boolean exists() throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "passages", new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  void drop() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS passages");
      statement.execute("DROP TABLE IF EXISTS files");
    }
  }

  /** Makes the tables and fills them; returns the number of passages. */
  int build(List<TextFile> files) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String definition : DEFINITIONS) {
        out.println(definition.strip() + ";");
        statement.execute(definition);
      }
    }
    out.println();
    insertFiles(files);
    return insertPassages(files);
  }

  private void insertFiles(List<TextFile> files) throws SQLException {
    String sql = "INSERT INTO files (file, kind, bytes, modified) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (TextFile file : files) {
        insert.setString(1, file.name());
        insert.setString(2, file.kind());
        insert.setLong(3, file.bytes());
        insert.setObject(4, file.modified());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private int insertPassages(List<TextFile> files) throws SQLException {
    MiniLmEmbedder embedder = new MiniLmEmbedder();
    List<List<Passage>> passages =
        files.stream().map(file -> PassageCutter.cut(file.text(), PASSAGE_LENGTH)).toList();
    int total = passages.stream().mapToInt(List::size).sum();
    String sql =
        "INSERT INTO passages (id, file, heading, length, modified, content, embedding, tokens)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    int id = 0;
    ProgressBar progress = new ProgressBar(out, "Embedding and indexing", "passages", total);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < files.size(); i++) {
        TextFile file = files.get(i);
        for (Passage passage : passages.get(i)) {
          MiniLmEmbedder.Embedded embedded = embedder.embedBoth(passage.withHeading());
          insert.setLong(1, id);
          insert.setString(2, file.name());
          insert.setString(3, passage.heading());
          insert.setInt(4, passage.content().length());
          insert.setObject(5, file.modified());
          insert.setString(6, passage.content());
          insert.setObject(7, embedded.vector());
          insert.setObject(8, embedded.tokens());
          insert.addBatch();
          if (++id % BATCH_ROWS == 0) {
            insert.executeBatch();
          }
          progress.reached(id, file.name());
        }
      }
      insert.executeBatch();
      progress.reached(total, files.size() + " files");
    } finally {
      progress.finish();
    }
    return total;
  }
}
