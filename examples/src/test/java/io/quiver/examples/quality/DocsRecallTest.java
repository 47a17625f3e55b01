package io.quiver.examples.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quiver.engine.RealData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real embeddings with real payload through JDBC: rows come back as many as qualify, recall@10 is
 * above its floor under every condition, and what it all took is printed as a table.
 *
 * <p>{@code -Dquiver.rows=60000} takes the whole set. Times are of one thread and one run, and mean
 * little on a machine that does other work.
 */
class DocsRecallTest {
  private static final int K = 10;
  private static final int BATCH_ROWS = 1_000;
  private static final double FLOOR = .98;

  @TempDir Path folder;

  /**
   * A condition, and what it says of a row.
   *
   * @param values of its parameters, by query
   */
  private record Cell(
      String condition, IntFunction<Object[]> values, IntFunction<IntPredicate> qualifies) {
    static Cell plain(String condition, IntPredicate qualifies) {
      return new Cell(condition, query -> new Object[0], query -> qualifies);
    }
  }

  @Test
  void everyConditionKeepsRecallAndFillsTheAnswer() throws IOException, SQLException {
    RealData.file("docs60k/base.f16");
    int rows = Integer.getInteger("quiver.rows", 10_000);
    DocsData data = DocsData.first(rows, rows < 60_000 ? 100 : 500);
    Path store = folder.resolve("docs");
    long loadNanos;
    long indexNanos;
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + store);
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      load(connection, data);
      loadNanos = System.nanoTime() - start;
      start = System.nanoTime();
      statement.execute("OPTIMIZE TABLE docs");
      indexNanos = System.nanoTime() - start;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + store)) {
      System.out.printf(
          "docs60k through JDBC: %,d rows, load %.1f s (%,.0f rows/s), OPTIMIZE %.1f s,"
              + " %.1f MB on disk, heap after it %.0f MB%n",
          rows,
          loadNanos / 1e9,
          rows / (loadNanos / 1e9),
          indexNanos / 1e9,
          size(store) / 1e6,
          heapMegabytes());
      System.out.printf(
          "%-34s %10s %9s %10s %9s%n",
          "condition", "qualifying", "recall@10", "queries/s", "CPU ms");
      float[][] scores = new float[data.queries().length][];
      Arrays.setAll(scores, data::scores);
      for (Cell cell : cells(data, scores)) {
        measure(connection, cell, data, scores);
      }
    }
  }

  private static List<Cell> cells(DocsData data, float[][] scores) {
    int rows = data.payload().length;
    // The repository that a query is about, and one that has nothing near it.
    String[] near = new String[scores.length];
    String[] far = new String[scores.length];
    for (int q = 0; q < scores.length; q++) {
      int[] best = DocsData.best(scores[q], 200, row -> true);
      near[q] = data.text(best[0], "repo");
      List<String> around = Arrays.stream(best).mapToObj(r -> data.text(r, "repo")).toList();
      far[q] =
          Stream.iterate(0, row -> row + 1)
              .limit(rows)
              .map(row -> data.text(row, "repo"))
              .filter(repo -> !around.contains(repo))
              .findFirst()
              .orElseThrow();
    }
    return List.of(
        Cell.plain("", row -> true),
        Cell.plain("ext = 'md'", row -> data.text(row, "ext").equals("md")),
        Cell.plain("id < " + rows / 2, row -> row < rows / 2),
        Cell.plain("year = 2026", row -> data.payload()[row].get("year").asInt() == 2026),
        Cell.plain("id < " + rows / 10, row -> row < rows / 10),
        Cell.plain("repo = 'python/peps'", row -> data.text(row, "repo").equals("python/peps")),
        Cell.plain("section IS NULL", row -> data.text(row, "section").isEmpty()),
        Cell.plain("id < " + rows / 100, row -> row < rows / 100),
        Cell.plain("lang = 'es'", row -> data.text(row, "lang").equals("es")),
        Cell.plain("id < " + rows / 1000, row -> row < rows / 1000),
        Cell.plain("lang = 'ca'", row -> data.text(row, "lang").equals("ca")),
        Cell.plain(
            "len BETWEEN 200 AND 300 AND ext <> 'md'",
            row -> {
              int length = data.payload()[row].get("len").asInt();
              return length >= 200 && length <= 300 && !data.text(row, "ext").equals("md");
            }),
        new Cell(
            "repo = ? (the query's own)",
            q -> new Object[] {near[q]},
            q -> row -> data.text(row, "repo").equals(near[q])),
        new Cell(
            "repo <> ? (the query's own)",
            q -> new Object[] {near[q]},
            q -> row -> !data.text(row, "repo").equals(near[q])),
        new Cell(
            "repo = ? (far from the query)",
            q -> new Object[] {far[q]},
            q -> row -> data.text(row, "repo").equals(far[q])));
  }

  private static void measure(Connection connection, Cell cell, DocsData data, float[][] scores)
      throws SQLException {
    String condition = cell.condition().replaceAll(" \\(.*", "");
    String sql =
        "SELECT id FROM VECTOR_SEARCH('docs', 'embedding', ?, "
            + K
            + ")"
            + (condition.isEmpty() ? "" : " WHERE " + condition);
    long qualifying = 0;
    long wanted = 0;
    long found = 0;
    long nanos = 0;
    long cpuNanos = 0;
    try (PreparedStatement search = connection.prepareStatement(sql)) {
      for (int round = 0; round < 2; round++) { // The first one warms up.
        qualifying = 0;
        wanted = 0;
        found = 0;
        nanos = 0;
        cpuNanos = 0;
        for (int q = 0; q < scores.length; q++) {
          IntPredicate qualifies = cell.qualifies().apply(q);
          int[] exact = DocsData.best(scores[q], K, qualifies);
          search.setObject(1, data.queries()[q]);
          Object[] values = cell.values().apply(q);
          for (int i = 0; i < values.length; i++) {
            search.setObject(i + 2, values[i]);
          }
          long start = System.nanoTime();
          long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          int[] ids = ids(search);
          cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
          nanos += System.nanoTime() - start;
          assertThat(ids).as("%s, query %d", sql, q).hasSize(exact.length).doesNotHaveDuplicates();
          for (int id : ids) {
            assertThat(qualifies.test(id)).as("%s, query %d, row %d", sql, q, id).isTrue();
            // Of rows that are equally near any may be in the answer.
            found += scores[q][id] >= scores[q][exact[exact.length - 1]] - 1e-6f ? 1 : 0;
          }
          wanted += exact.length;
          qualifying += countOf(qualifies, scores[q].length);
        }
      }
    }
    double recall = wanted == 0 ? 1 : (double) found / wanted;
    System.out.printf(
        "%-34s %10d %9.4f %10.0f %9.3f%n",
        cell.condition().isEmpty() ? "(none)" : cell.condition(),
        qualifying / scores.length,
        recall,
        scores.length / (nanos / 1e9),
        cpuNanos / 1e6 / scores.length);
    assertThat(recall).as(sql).isGreaterThanOrEqualTo(FLOOR);
  }

  private static long countOf(IntPredicate qualifies, int rows) {
    long count = 0;
    for (int row = 0; row < rows; row++) {
      count += qualifies.test(row) ? 1 : 0;
    }
    return count;
  }

  private static int[] ids(PreparedStatement search) throws SQLException {
    int[] ids = new int[K];
    int count = 0;
    try (ResultSet rows = search.executeQuery()) {
      while (rows.next()) {
        ids[count++] = rows.getInt(1);
      }
    }
    return Arrays.copyOf(ids, count);
  }

  private static void load(Connection connection, DocsData data) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE docs (id BIGINT NOT NULL PRIMARY KEY, repo VARCHAR, path VARCHAR,
            ext VARCHAR, section VARCHAR, len INTEGER, year INTEGER, day DATE, ts TIMESTAMP,
            lang VARCHAR, embedding VECTOR(384))
          """);
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < data.payload().length; i++) {
        JsonNode row = data.payload()[i];
        insert.setLong(1, i);
        insert.setString(2, row.get("repo").asText());
        insert.setString(3, row.get("path").asText());
        insert.setString(4, row.get("ext").asText());
        insert.setString(5, row.get("section").isNull() ? null : row.get("section").asText());
        insert.setInt(6, row.get("len").asInt());
        insert.setInt(7, row.get("year").asInt());
        insert.setObject(8, LocalDate.parse(row.get("date").asText()));
        insert.setTimestamp(9, new Timestamp(1000 * row.get("ts").asLong()));
        insert.setString(10, row.get("lang").isNull() ? null : row.get("lang").asText());
        insert.setObject(11, data.vectors()[i]);
        insert.addBatch();
        if (i % BATCH_ROWS == BATCH_ROWS - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static long size(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static double heapMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
  }
}
