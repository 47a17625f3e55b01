package io.quiver.examples.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.sql.catalog.H2Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process again and again: what was acknowledged is there, what was under way is
 * wholly there or not at all, every file is whole, and a search finds every row: in a table of
 * several shards, and in one with graphs of tenants.
 *
 * <p>{@code -Dquiver.kills=200} kills more often, {@code -Dquiver.seed=7} at other moments.
 */
class KillLoopTest {
  private static final int SEARCHES = 150;

  @TempDir Path folder;
  private final Map<Long, Integer> groups = new TreeMap<>();
  private long acknowledged;
  private int kept;
  private int whileOpening;
  private int withTenantGraph;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfThere() throws Exception {
    int kills = Integer.getInteger("quiver.kills", 3);
    String given = System.getProperty("quiver.seed", "");
    long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    Random random = new Random(seed);
    Path directory = folder.resolve("data");
    for (int kill = 0; kill < kills; kill++) {
      String where = "kill " + kill + ", seed " + seed;
      Map<Integer, List<String>> ledgers = writeUntilKilled(directory, random, where);
      CheckReport report = check(directory);
      assertThat(report.isDamaged()).as("%s: %s", where, report.findings()).isFalse();
      try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + directory)) {
        settle(ledgers, stored(connection, where), where);
        assertThat(KilledTenants.count(connection)).as(where).isEqualTo(KilledTenants.ROWS);
        search(connection, random, where);
        withTenantGraph += KilledTenants.hasGraph(connection) ? 1 : 0;
      }
    }
    System.out.printf(
        "%d kills (%d while opening), seed %d: %,d acknowledged commits, none lost; %d of those"
            + " under way were kept, whole; a tenant's graph in the files after %d%n",
        kills, whileOpening, seed, acknowledged, kept, withTenantGraph);
    assertThat(acknowledged).isPositive();
    try (Connection connection = DriverManager.getConnection("jdbc:quiver:" + directory);
        Statement statement = connection.createStatement()) {
      statement.execute("OPTIMIZE TABLE " + KilledTenants.TABLE);
      assertThat(KilledTenants.hasGraph(connection)).isTrue();
    }
  }

  private Map<Integer, List<String>> writeUntilKilled(Path directory, Random random, String where)
      throws IOException, InterruptedException {
    Path ledgers = Files.createDirectories(folder.resolve("ledgers"));
    Map<Integer, List<String>> lines = new HashMap<>();
    for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
      Files.deleteIfExists(ledgers.resolve("" + thread));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                "jdbc:quiver:" + directory,
                ledgers.toString(),
                Long.toString(random.nextLong(1L << 40))));
    groups.forEach((group, generation) -> command.add(group + "=" + generation));
    Path errors = folder.resolve("errors");
    Process writer = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    boolean early = !groups.isEmpty() && random.nextInt(5) == 0;
    if (early) {
      // Somewhere in starting and opening.
      writer.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
    } else {
      awaitLedgers(writer, ledgers, 20 + random.nextInt(3_000));
      writer.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    }
    assertThat(writer.isAlive())
        .as("%s: the writer ended: %s", where, Files.readString(errors))
        .isTrue();
    writer.destroyForcibly().waitFor();
    for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
      Path ledger = ledgers.resolve("" + thread);
      if (Files.exists(ledger)) {
        lines.put(thread, Files.readAllLines(ledger));
      }
    }
    whileOpening += lines.isEmpty() ? 1 : 0;
    return lines;
  }

  /** Waits until the ledgers together have as many bytes, of about 15 a line. */
  private static void awaitLedgers(Process writer, Path ledgers, long wanted)
      throws IOException, InterruptedException {
    long bytes = 0;
    for (int i = 0; i < 60_000 && bytes < wanted && writer.isAlive(); i++) {
      Thread.sleep(1);
      bytes = 0;
      for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
        Path ledger = ledgers.resolve("" + thread);
        bytes += Files.exists(ledger) ? Files.size(ledger) : 0;
      }
    }
  }

  private static CheckReport check(Path directory) {
    H2Catalog catalog = new H2Catalog();
    try {
      return DatabaseCheck.run(directory, catalog, (segments, of) -> {});
    } finally {
      catalog.close();
    }
  }

  /** The generation of each group that is there, which must be there wholly. */
  private static Map<Long, Integer> stored(Connection connection, String where)
      throws SQLException {
    Map<Long, Integer> stored = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT grp, gen, COUNT(*), COUNT(DISTINCT id) FROM rows_of_groups"
                    + " GROUP BY grp, gen UNION ALL SELECT grp, gen, COUNT(*), COUNT(DISTINCT id)"
                    + " FROM rows_of_tenants WHERE grp >= 0 GROUP BY grp, gen")) {
      while (rows.next()) {
        long group = rows.getLong(1);
        assertThat(rows.getInt(3)).as("rows of group %s, %s", group, where).isEqualTo(7);
        assertThat(rows.getInt(4)).as("keys of group %s, %s", group, where).isEqualTo(7);
        assertThat(stored.put(group, rows.getInt(2)))
            .as("group %s twice, %s", group, where)
            .isNull();
      }
    }
    return stored;
  }

  /** Compares what is there with the ledgers, and takes it over. */
  private void settle(Map<Integer, List<String>> ledgers, Map<Long, Integer> stored, String where) {
    Map<Long, Integer> expected = new TreeMap<>(groups);
    for (List<String> lines : ledgers.values()) {
      for (int i = 0; i < lines.size(); i++) {
        String[] words = lines.get(i).split(" ", -1);
        long group = Long.parseLong(words[1]);
        int generation = Integer.parseInt(words[2]);
        if (words[0].equals("done")) {
          expected.put(group, generation);
          acknowledged++;
        } else if (i == lines.size() - 1
            && stored.getOrDefault(group, KilledGroup.ABSENT) == generation
            && expected.getOrDefault(group, KilledGroup.ABSENT) != generation) {
          // Under way when it was killed, and kept.
          expected.put(group, generation);
          kept++;
        }
      }
    }
    expected.values().removeIf(generation -> generation == KilledGroup.ABSENT);
    assertThat(stored).as(where).isEqualTo(expected);
    groups.clear();
    groups.putAll(expected);
  }

  /** Every row is found by its vector, through whatever index or scan serves it now. */
  private void search(Connection connection, Random random, String where) throws SQLException {
    List<long[]> rows = new ArrayList<>();
    groups.forEach(
        (group, generation) -> {
          for (int row = 0; row < KilledGroup.ROWS; row++) {
            rows.add(new long[] {KilledGroup.id(group, row), generation});
          }
        });
    try (PreparedStatement among =
            connection.prepareStatement(
                "SELECT s.id, s.gen, s.score FROM VECTOR_SEARCH('rows_of_groups', 'v', ?, 1) AS s");
        PreparedStatement ofTenant =
            connection.prepareStatement(
                "SELECT s.id, s.gen, s.score FROM VECTOR_SEARCH('rows_of_tenants', 'v', ?, 1,"
                    + " ef_search => 400) AS s WHERE s.owner = 1")) {
      for (int i = 0; i < Math.min(SEARCHES, rows.size()); i++) {
        long[] row = rows.get(rows.size() <= SEARCHES ? i : random.nextInt(rows.size()));
        boolean tenant = KilledGroup.table(row[0] / 10).equals(KilledTenants.TABLE);
        PreparedStatement search = tenant ? ofTenant : among;
        search.setObject(1, KilledGroup.vector(row[0], (int) row[1]));
        try (ResultSet hits = search.executeQuery()) {
          assertThat(hits.next()).as("row %s, %s", row[0], where).isTrue();
          assertThat(hits.getLong(1)).as("nearest, %s", where).isEqualTo(row[0]);
          assertThat(hits.getInt(2)).as("generation, %s", where).isEqualTo((int) row[1]);
          assertThat(hits.getDouble(3)).as("score, %s", where).isGreaterThan(0.9999);
        }
      }
    }
  }
}
