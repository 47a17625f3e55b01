package io.quiver.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The whole of it with nothing but {@code java.sql}. */
public final class PlainJdbc {
  private PlainJdbc() {}

  public static void main(String[] arguments) throws SQLException {
    run(arguments.length > 0 ? arguments[0] : "jdbc:quiver:./data").forEach(System.out::println);
  }

  /** Makes a table, fills it and searches it; returns what it found, nearest first. */
  static List<String> run(String url) throws SQLException {
    List<String> found = new ArrayList<>();
    // section:plain-jdbc
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TABLE IF NOT EXISTS notes (
              id BIGINT NOT NULL PRIMARY KEY, lang VARCHAR, content VARCHAR, embedding VECTOR(3))
            """);
      }
      try (PreparedStatement put =
          connection.prepareStatement(
              "UPSERT INTO notes (id, lang, content, embedding) VALUES (?, ?, ?, ?)")) {
        put(put, 1, "en", "A cat on the sofa", 0.9f, 0.1f, 0f);
        put(put, 2, "en", "A log on the disk", 0f, 0.2f, 0.9f);
        put(put, 3, "fr", "Un chat sur le canapé", 0.8f, 0.2f, 0.1f);
        put.executeBatch(); // one commit: durable and searchable when this returns
      }
      try (PreparedStatement search =
          connection.prepareStatement(
              """
              SELECT v.content, v.score
              FROM VECTOR_SEARCH('notes', 'embedding', ?, 2) AS v
              WHERE v.lang = 'en'
              """)) {
        search.setObject(1, new float[] {1, 0, 0});
        try (ResultSet hits = search.executeQuery()) {
          while (hits.next()) {
            found.add("%.3f %s".formatted(hits.getDouble("score"), hits.getString("content")));
          }
        }
      }
    }
    // end:plain-jdbc
    return found;
  }

  private static void put(
      PreparedStatement put, long id, String lang, String content, float... embedding)
      throws SQLException {
    put.setLong(1, id);
    put.setString(2, lang);
    put.setString(3, content);
    put.setObject(4, embedding);
    put.addBatch();
  }
}
