package io.quiver.examples.durability;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes groups of rows through JDBC until it is killed: several threads, each with groups of its
 * own and a ledger of what it began and what was acknowledged.
 *
 * <p>A ledger has a line before each change, {@code begin GROUP GENERATION}, and one after it,
 * {@code done GROUP GENERATION}; generation 0 stands for a deletion. What a process has written to
 * a file outlives its being killed, so the ledger needs no sync.
 */
final class KilledWriter {
  static final int THREADS = 3;

  private final String url;
  private final int thread;
  private final Random random;
  private final OutputStream ledger;
  private final Map<Long, Integer> groups;
  private int generation;

  private KilledWriter(
      String url, int thread, long seed, OutputStream ledger, Map<Long, Integer> groups) {
    this.url = url;
    this.thread = thread;
    this.random = new Random(seed);
    this.ledger = ledger;
    this.groups = groups;
    this.generation = groups.values().stream().mapToInt(g -> g).max().orElse(0);
  }

  /**
   * Arguments: URL, folder of the ledgers, seed, then {@code GROUP=GENERATION} of what is there.
   */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    long seed = Long.parseLong(arguments[2]);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS rows_of_groups (id BIGINT PRIMARY KEY, grp BIGINT, gen"
              + " INTEGER, v VECTOR("
              + KilledGroup.DIMENSION
              + ")) WITH (shards = 3)");
      KilledTenants.create(connection);
      for (int thread = 0; thread < THREADS; thread++) {
        Map<Long, Integer> groups = new HashMap<>();
        for (int i = 3; i < arguments.length; i++) {
          String[] parts = arguments[i].split("=", -1);
          if (Long.parseLong(parts[0]) % THREADS == thread) {
            groups.put(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
          }
        }
        OutputStream ledger = new FileOutputStream(arguments[1] + "/" + thread);
        KilledWriter writer =
            new KilledWriter(url, thread, seed * THREADS + thread, ledger, groups);
        Thread.ofPlatform().start(writer::run);
      }
      optimize(statement, new Random(seed));
    }
  }

  /** Has segments sealed, indexed and merged all the while. */
  private static void optimize(Statement statement, Random random) throws InterruptedException {
    try {
      while (true) {
        Thread.sleep(random.nextInt(400));
        statement.execute("OPTIMIZE TABLE " + KilledGroup.table(random.nextInt(THREADS)));
      }
    } catch (SQLException e) {
      end(e);
    }
  }

  /** Nothing may fail while the process lives: the parent reads why, and fails. */
  private static void end(Exception e) {
    e.printStackTrace();
    System.exit(3);
  }

  private void run() {
    try (Connection connection = DriverManager.getConnection(url)) {
      while (true) {
        change(connection);
      }
    } catch (SQLException | IOException e) {
      end(e);
    }
  }

  private void change(Connection connection) throws SQLException, IOException {
    long group = thread + (long) THREADS * random.nextInt(40);
    int before = groups.getOrDefault(group, KilledGroup.ABSENT);
    int after = random.nextInt(4) == 0 ? KilledGroup.ABSENT : ++generation;
    note("begin", group, after);
    if (after == KilledGroup.ABSENT) {
      delete(connection, group);
    } else if (before == KilledGroup.ABSENT) {
      insert(connection, group, after);
    } else if (random.nextBoolean()) {
      update(connection, group, after);
    } else {
      updateInTransaction(connection, group, after);
    }
    note("done", group, after);
    groups.put(group, after);
  }

  private void note(String what, long group, int after) throws IOException {
    ledger.write((what + " " + group + " " + after + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void delete(Connection connection, long group) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + KilledGroup.table(group) + " WHERE grp = ?")) {
      delete.setLong(1, group);
      delete.executeUpdate();
    }
  }

  private static void insert(Connection connection, long group, int generation)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder("INSERT INTO " + KilledGroup.table(group) + " (id, grp, gen, v) VALUES ");
    sql.append("(?, ?, ?, ?), ".repeat(KilledGroup.ROWS - 1)).append("(?, ?, ?, ?)");
    try (PreparedStatement insert = connection.prepareStatement(sql.toString())) {
      for (int row = 0; row < KilledGroup.ROWS; row++) {
        long id = KilledGroup.id(group, row);
        insert.setLong(4 * row + 1, id);
        insert.setLong(4 * row + 2, group);
        insert.setInt(4 * row + 3, generation);
        insert.setObject(4 * row + 4, KilledGroup.vector(id, generation));
      }
      insert.executeUpdate();
    }
  }

  /** One statement a row, among them one that is taken back, and then COMMIT. */
  private static void updateInTransaction(Connection connection, long group, int generation)
      throws SQLException {
    String table = KilledGroup.table(group);
    connection.setAutoCommit(false);
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM " + table + " WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO " + table + " (id, grp, gen, v) VALUES (?, ?, ?, ?)")) {
      for (int row = 0; row < KilledGroup.ROWS; row++) {
        long id = KilledGroup.id(group, row);
        delete.setLong(1, id);
        delete.executeUpdate();
        insert(insert, id, group, generation);
      }
      Savepoint before = connection.setSavepoint();
      insert(insert, KilledGroup.id(group, KilledGroup.ROWS), group, generation);
      connection.rollback(before);
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  private static void insert(PreparedStatement insert, long id, long group, int generation)
      throws SQLException {
    insert.setLong(1, id);
    insert.setLong(2, group);
    insert.setInt(3, generation);
    insert.setObject(4, KilledGroup.vector(id, generation));
    insert.executeUpdate();
  }

  private static void update(Connection connection, long group, int generation)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE " + KilledGroup.table(group) + " SET gen = ?, v = ? WHERE id = ?")) {
      for (int row = 0; row < KilledGroup.ROWS; row++) {
        long id = KilledGroup.id(group, row);
        update.setInt(1, generation);
        update.setObject(2, KilledGroup.vector(id, generation));
        update.setLong(3, id);
        update.addBatch();
      }
      update.executeBatch();
    }
  }
}
