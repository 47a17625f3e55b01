package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our driver and server leave out of what they send, and what must not be left out. */
class LeanWireTest {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RunningServer(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The columns are told when a statement is prepared, and again when they are others. */
  @Test
  void columnsAreThoseOfTheExecution() throws Exception {
    try (Connection connection = server.admin();
        Statement plain = connection.createStatement()) {
      plain.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, word VARCHAR)");
      plain.execute("INSERT INTO t VALUES (1, 'one')");
      try (PreparedStatement all = connection.prepareStatement("SELECT * FROM t WHERE id = ?")) {
        all.setLong(1, 1);
        assertThat(row(all)).isEqualTo("ID=1 WORD=one ");
        assertThat(row(all)).isEqualTo("ID=1 WORD=one ");
        plain.execute("ALTER TABLE t ADD COLUMN again VARCHAR DEFAULT 'uno'");
        assertThat(row(all)).isEqualTo("ID=1 WORD=one AGAIN=uno ");
        plain.execute("ALTER TABLE t DROP COLUMN word");
        assertThat(row(all)).isEqualTo("ID=1 AGAIN=uno ");
        all.setLong(1, 2);
        assertThat(row(all)).as("no row").isEmpty();
      }
    }
  }

  private static String row(PreparedStatement statement) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(rows.getMetaData().getColumnLabel(i).toUpperCase(java.util.Locale.ROOT))
              .append('=')
              .append(rows.getString(i))
              .append(' ');
        }
      }
    }
    return text.toString();
  }

  /** Vectors and bytes go as they are, as they were when they were set. */
  @Test
  void arraysMayBeUsedAgain() throws Exception {
    try (Connection connection = server.admin();
        Statement plain = connection.createStatement()) {
      plain.execute(
          "CREATE TABLE v (id BIGINT PRIMARY KEY, e VECTOR(2), small VECTOR(4, INT8), b"
              + " VARBINARY)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO v VALUES (?, ?, ?, ?)")) {
        float[] vector = new float[2];
        float[] small = new float[4];
        byte[] bytes = new byte[2];
        for (int i = 1; i <= 3; i++) {
          vector[1] = i / 2f;
          small[3] = i;
          bytes[1] = (byte) -i;
          insert.setLong(1, i);
          insert.setObject(2, vector);
          insert.setObject(3, small);
          insert.setBytes(4, bytes);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (ResultSet rows = plain.executeQuery("SELECT * FROM v ORDER BY id")) {
        for (int i = 1; rows.next(); i++) {
          assertThat(rows.getObject(2, float[].class)).containsExactly(0, i / 2f);
          assertThat(rows.getObject(3, float[].class)).containsExactly(0, 0, 0, i);
          assertThat(rows.getBytes(4)).containsExactly(0, -i);
        }
      }
      try (PreparedStatement nearest =
          connection.prepareStatement("SELECT id FROM VECTOR_SEARCH('v', 'e', ?, 1)")) {
        nearest.setObject(1, new float[] {0, 1});
        try (ResultSet rows = nearest.executeQuery()) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
  }

  /** What a request is read into is used again: memory outside of the heap stays what it was. */
  @Test
  void requestsAreReadIntoTheSameBuffers() throws Exception {
    try (Connection connection = server.admin();
        PreparedStatement one = connection.prepareStatement("SELECT 1")) {
      execute(one, 50);
      long before = directBytes();
      execute(one, 200);
      assertThat(directBytes() - before).isLessThan(2 << 20);
    }
  }

  private static void execute(PreparedStatement statement, int times) throws SQLException {
    for (int i = 0; i < times; i++) {
      statement.executeQuery().close();
    }
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
