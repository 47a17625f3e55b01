package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Quiver through a prepared statement of the embedded driver. */
public final class QuiverJdbc implements DenseContender {
  /** Rows that are inserted at once. */
  public static final int BATCH = 500;

  private final String url;
  private final String table;
  private final Connection connection;

  /** An empty table with as many indexed columns of ranks as wanted. */
  public QuiverJdbc(Path directory, int dimension, int rankColumns) throws SQLException {
    this(local(directory), "docs");
    create(dimension, rankColumns);
  }

  private QuiverJdbc(String url, String table) throws SQLException {
    this.url = url;
    this.table = table;
    this.connection = DriverManager.getConnection(url);
  }

  private static String local(Path directory) {
    return "jdbc:quiver:" + directory.toAbsolutePath();
  }

  /** An empty table of this name. */
  public static QuiverJdbc over(String url, String table, int dimension) throws SQLException {
    QuiverJdbc quiver = new QuiverJdbc(url, table);
    quiver.create(dimension, 0);
    return quiver;
  }

  /** The same in a directory. */
  public static QuiverJdbc in(Path directory, String table, int dimension) throws SQLException {
    return over(local(directory), table, dimension);
  }

  /** A table that is there, in a directory. */
  public static QuiverJdbc existing(Path directory, String table) throws SQLException {
    return new QuiverJdbc(local(directory), table);
  }

  private void create(int dimension, int rankColumns) throws SQLException {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < rankColumns; i++) {
      columns.append(", rank_").append(i).append(" INTEGER NOT NULL");
    }
    run(
        "CREATE TABLE "
            + table
            + " (id BIGINT NOT NULL PRIMARY KEY, embedding VECTOR("
            + dimension
            + ")"
            + columns
            + ")");
    for (int i = 0; i < rankColumns; i++) {
      run("CREATE INDEX by_rank_" + i + " ON " + table + " (rank_" + i + ")");
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Inserts every row in batches, each durable, then brings the table to one segment. */
  public QuiverJdbc fill(VectorSet set, int[][] ranks) throws SQLException {
    insert(set, ranks);
    run("OPTIMIZE TABLE " + table);
    return this;
  }

  /**
   * Inserts every row in batches, each durable, and waits until all are found by index: but for
   * segments of fewer rows than get one.
   */
  public QuiverJdbc fillInBatches(VectorSet set) throws SQLException {
    insert(set, new int[0][]);
    String left =
        "SELECT COUNT(*) FROM quiver.segments WHERE live_rows + deleted_rows >= "
            + QuiverEngine.INDEXED_FROM
            + " AND rows_indexed < live_rows + deleted_rows";
    try (PreparedStatement asked = connection.prepareStatement(left)) {
      while (true) {
        try (ResultSet rows = asked.executeQuery()) {
          if (rows.next() && rows.getLong(1) == 0) {
            return this;
          }
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /** Inserts every row in batches, each durable. */
  public void insert(VectorSet set, int[][] ranks) throws SQLException {
    try (Inserting inserting = inserting(set, ranks)) {
      while (inserting.batch()) {
        // Until all are there.
      }
    }
  }

  /** Begins to insert the rows of a set, a batch at a time. */
  public Inserting inserting(VectorSet set, int[][] ranks) throws SQLException {
    return new Inserting(
        connection.prepareStatement(
            "INSERT INTO " + table + " VALUES (?, ?" + ", ?".repeat(ranks.length) + ")"),
        set,
        ranks);
  }

  /** The rows of a set on their way into the table. */
  public static final class Inserting implements AutoCloseable {
    private final PreparedStatement insert;
    private final VectorSet set;
    private final int[][] ranks;
    private int row;

    private Inserting(PreparedStatement insert, VectorSet set, int[][] ranks) {
      this.insert = insert;
      this.set = set;
      this.ranks = ranks;
    }

    /** Inserts the next batch, which then is durable; returns whether rows are left. */
    public boolean batch() throws SQLException {
      int end = Math.min(row + BATCH, set.rows().count());
      for (; row < end; row++) {
        insert.setLong(1, row);
        insert.setObject(2, set.rows().get(row));
        for (int i = 0; i < ranks.length; i++) {
          insert.setInt(3 + i, ranks[i][row]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
      return row < set.rows().count();
    }

    @Override
    public void close() throws SQLException {
      insert.close();
    }
  }

  @Override
  public String name() {
    return "Quiver JDBC";
  }

  @Override
  public String configuration() {
    return "jdbc:quiver:DIR, the index CREATE TABLE makes by itself, PreparedStatement";
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) throws SQLException {
    return new JdbcSearcher(DriverManager.getConnection(url), table, effort, filter);
  }

  /**
   * Searches as a program without parameters does: each a new statement, the vector in its text.
   *
   * @param queries written beforehand, for making the text is the program's work, not the driver's
   */
  public Searcher freshStatements(int effort, @Nullable RankFilter filter, float[][] queries) {
    Map<float[], String> texts = new IdentityHashMap<>();
    for (float[] query : queries) {
      texts.put(query, Arrays.toString(query));
    }
    String where =
        filter == null
            ? ""
            : " WHERE v.rank_%1$d >= %2$d AND v.rank_%1$d < %3$d"
                .formatted(filter.column(), filter.low(), filter.high());
    return (query, found) -> {
      String sql =
          "SELECT v.id FROM VECTOR_SEARCH('docs', 'embedding', VECTOR '"
              + texts.get(query)
              + "', "
              + found.length
              + ", ef_search => "
              + effort
              + ") AS v"
              + where;
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        int count = 0;
        while (rows.next()) {
          found[count++] = rows.getLong(1);
        }
        return count;
      }
    };
  }

  /** A connection and a statement of its own. */
  private static final class JdbcSearcher implements Searcher {
    private final Connection connection;
    private final PreparedStatement statement;

    JdbcSearcher(Connection connection, String table, int effort, @Nullable RankFilter filter)
        throws SQLException {
      this.connection = connection;
      String sql =
          "SELECT v.id FROM VECTOR_SEARCH('"
              + table
              + "', 'embedding', ?, ?, ef_search => "
              + effort
              + ") AS v";
      if (filter != null) {
        String column = "v.rank_" + filter.column();
        sql += " WHERE " + column + " >= ? AND " + column + " < ?";
      }
      this.statement = connection.prepareStatement(sql);
      if (filter != null) {
        statement.setInt(3, filter.low());
        statement.setInt(4, filter.high());
      }
    }

    @Override
    public int search(float[] query, long[] found) throws SQLException {
      statement.setObject(1, query);
      statement.setInt(2, found.length);
      int count = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found[count++] = rows.getLong(1);
        }
      }
      return count;
    }

    @Override
    public void close() throws SQLException {
      statement.close();
      connection.close();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
