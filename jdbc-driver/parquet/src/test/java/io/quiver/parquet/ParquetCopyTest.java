package io.quiver.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY of Parquet files: ours, DuckDB's, and such as old writers left. */
class ParquetCopyTest {
  private static final String COLUMNS =
      "(id BIGINT PRIMARY KEY, b BOOLEAN, s SMALLINT, i INTEGER, r REAL, d DOUBLE,"
          + " p9 DECIMAL(9, 2), p18 DECIMAL(18, 3), p38 DECIMAL(38, 10), t VARCHAR, x VARBINARY,"
          + " day DATE, clock TIME(3), at TIMESTAMP(3), moment TIMESTAMP WITH TIME ZONE, u UUID,"
          + " doc JSON, tags VARCHAR ARRAY, v VECTOR(3), h VECTOR(3, FLOAT16), q VECTOR(3, INT8),"
          + " w SPARSEVEC, m MULTIVECTOR(2))";

  @TempDir Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String file(String name) {
    return folder.resolve(name).toString().replace("'", "''");
  }

  private static String rows(Statement statement, String query) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object value = rows.getObject(i);
          text.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : rows.getString(i))
              .append('|');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private void fillEveryType() throws SQLException {
    statement.execute("CREATE TABLE every " + COLUMNS);
    statement.execute(
        "INSERT INTO every VALUES (1, TRUE, -32768, 2147483647, 0.1, 1e300, 1234567.89,"
            + " -123456789012345.678, 1234567890123456789012345678.0123456789, 'Zoë → x',"
            + " X'00ff', DATE '1969-12-31', TIME '23:59:59.999', TIMESTAMP '2024-02-29"
            + " 12:34:56.789', CAST('2024-02-29 12:34:56.789+02:00' AS TIMESTAMP WITH TIME ZONE),"
            + " UUID '00112233-4455-6677-8899-aabbccddeeff', '{\"a\": [1, null]}',"
            + " ARRAY['x', ''], '[0.1, -2, 3e-20]', '[0.5, 1, -2]', '[-127, 0, 127]',"
            + " '{\"indices\": [0, 70000], \"values\": [0.5, -1.25]}', '[[1, 2], [0.1, 4]]')");
    statement.execute("INSERT INTO every (id) VALUES (2)");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO every (id, t, x, tags, w, m, p38) VALUES (3, '', X'', ?,"
                + " '{\"indices\": [], \"values\": []}', '[]', -0.0000000001)")) {
      insert.setArray(1, connection.createArrayOf("VARCHAR", new Object[0]));
      insert.executeUpdate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd"})
  void everyTypeComesBack(String compression) throws SQLException {
    fillEveryType();
    assertThat(
            statement.executeUpdate(
                "COPY every TO '" + file("e.parquet") + "' (COMPRESSION " + compression + ")"))
        .isEqualTo(3);
    String before = rows(statement, "SELECT * FROM every ORDER BY id");
    statement.execute("CREATE TABLE again " + COLUMNS);
    assertThat(statement.executeUpdate("COPY again FROM '" + file("e.parquet") + "'")).isEqualTo(3);
    assertThat(rows(statement, "SELECT * FROM again ORDER BY id")).isEqualTo(before);
  }

  @Test
  void anotherToolReadsWhatIsWritten() throws SQLException {
    fillEveryType();
    statement.executeUpdate("COPY every TO '" + file("e.parquet") + "'");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement other = duck.createStatement()) {
      other.execute("SET TimeZone = 'UTC'");
      assertThat(rows(other, "SELECT * FROM '" + file("e.parquet") + "' ORDER BY id"))
          .isEqualTo(
              """
              1|true|-32768|2147483647|0.1|1.0E300|1234567.89|-123456789012345.678|1234567890123456789012345678.0123456789|Zoë → x|\\x00\\xFF|1969-12-31|23:59:59.999|2024-02-29 12:34:56.789|2024-02-29T10:34:56.789Z|00112233-4455-6677-8899-aabbccddeeff|{"a": [1, null]}|[x, '']|[0.1, -2.0, 3e-20]|[0.5, 1.0, -2.0]|[-127, 0, 127]|{'indices': [0, 70000], 'values': [0.5, -1.25]}|[[1.0, 2.0], [0.099975586, 4.0]]|
              2|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|
              3|null|null|null|null|null|null|null|-1E-10|||null|null|null|null|null|null|[]|null|null|null|{'indices': [], 'values': []}|[]|
              """);
      assertThat(
              rows(
                  other,
                  "SELECT string_agg(column_type, ', ') FROM (DESCRIBE SELECT * FROM '"
                      + file("e.parquet")
                      + "')"))
          .isEqualTo(
              "BIGINT, BOOLEAN, SMALLINT, INTEGER, FLOAT, DOUBLE, DECIMAL(9,2), DECIMAL(18,3),"
                  + " DECIMAL(38,10), VARCHAR, BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME"
                  + " ZONE, UUID, JSON, VARCHAR[], FLOAT[], FLOAT[], TINYINT[], STRUCT(indices"
                  + " INTEGER[], \"values\" FLOAT[]), FLOAT[][]|\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
  void filesOfAnotherToolAreRead(String codec) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement other = duck.createStatement()) {
      other.execute(
          "COPY (SELECT i AS id, 'name ' || (i % 7) AS t, i % 2 = 0 AS b, (i / 4)::DECIMAL(9, 2) AS"
              + " p9, [i, 0.5, -1]::FLOAT[] AS v, [i % 100, 1, 2]::DOUBLE[3] AS h, [i % 100, 1,"
              + " 2]::TINYINT[] AS q, CASE WHEN i % 3 > 0 THEN ['x', 'y' || i % 3] END AS tags,"
              + " DATE '2024-01-01' + i::INTEGER AS day, TIMESTAMP_NS '2024-01-01"
              + " 00:00:00.123456789' AS at, TIMESTAMPTZ '2024-01-01 00:00:00+02' AS moment, TIME"
              + " '01:02:03.456' AS clock, {'k': i, 'l': [NULL, 1.5]} AS doc, [[i, 1], [2,"
              + " 3]]::FLOAT[][] AS m, {'indices': [1, 5], 'values': [0.5::FLOAT, 2]} AS w,"
              + " '\\x00\\xFF'::BLOB AS x, '00112233-4455-6677-8899-aabbccddeeff'::UUID AS u FROM"
              + " range(5000) AS r(i)) TO '"
              + file("d.parquet")
              + "' (FORMAT parquet, COMPRESSION "
              + codec
              + ", ROW_GROUP_SIZE 2048)");
    }
    statement.execute("CREATE TABLE d " + COLUMNS);
    assertThat(statement.executeUpdate("COPY d FROM '" + file("d.parquet") + "'")).isEqualTo(5000);
    assertThat(
            rows(
                statement,
                "SELECT id, t, b, p9, v, h, q, tags, day, at, moment, clock, doc, m, w, x, u FROM d"
                    + " WHERE id IN (0, 4999) ORDER BY id"))
        .isEqualTo(
            """
            0|name 0|true|0.00|[0.0,0.5,-1.0]|[0.0,1.0,2.0]|[0.0,1.0,2.0]|null|2024-01-01|2024-01-01 00:00:00.123|2023-12-31 22:00:00Z|01:02:03.456|{"k":0,"l":[null,1.5]}|[[0.0,1.0],[2.0,3.0]]|{"indices":[1,5],"values":[0.5,2.0]}|[0, -1]|00112233-4455-6677-8899-aabbccddeeff|
            4999|name 1|false|1249.75|[4999.0,0.5,-1.0]|[99.0,1.0,2.0]|[99.0,1.0,2.0]|[x, y1]|2037-09-08|2024-01-01 00:00:00.123|2023-12-31 22:00:00Z|01:02:03.456|{"k":4999,"l":[null,1.5]}|[[5000.0,1.0],[2.0,3.0]]|{"indices":[1,5],"values":[0.5,2.0]}|[0, -1]|00112233-4455-6677-8899-aabbccddeeff|
            """);
    assertThat(rows(statement, "SELECT COUNT(*), SUM(id), COUNT(tags), COUNT(DISTINCT t) FROM d"))
        .isEqualTo("5000|12497500|3333|7|\n");
  }

  @Test
  void formsOfOldWritersAreRead() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message hive_schema {
              required int64 id;
              optional int96 at;
              optional binary t;
              optional binary doc (ENUM);
              optional group v (LIST) { repeated float array; }
              optional group h (LIST) { repeated group bag { optional float array_element; } }
              repeated int32 q;
              optional group m (LIST) {
                repeated group bag { optional group array_element (LIST) { repeated float array; } }
              }
              optional group tags (LIST) { repeated binary array (UTF8); }
            }
            """);
    Path file = folder.resolve("old.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      Group row = new SimpleGroup(schema);
      row.add("id", 1L);
      row.add("at", int96(2_460_370, 3_600_123_000_000L));
      row.add("t", Binary.fromString("Zoë"));
      row.add("doc", Binary.fromString("\"RED\""));
      Group v = row.addGroup("v");
      Group h = row.addGroup("h");
      for (int i = 0; i < 3; i++) {
        v.add("array", i + 0.5f);
        h.addGroup("bag").add("array_element", i + 1f);
        row.add("q", i - 1);
      }
      Group m = row.addGroup("m");
      for (int i = 0; i < 2; i++) {
        Group inner = m.addGroup("bag").addGroup("array_element");
        inner.add("array", (float) i);
        inner.add("array", 7f);
      }
      row.addGroup("tags").add("array", "x");
      writer.write(row);
      Group empty = new SimpleGroup(schema);
      empty.add("id", 2L);
      for (int i = 0; i < 3; i++) {
        empty.add("q", 5);
      }
      writer.write(empty);
    }
    statement.execute("CREATE TABLE old " + COLUMNS);
    assertThat(statement.executeUpdate("COPY old FROM '" + file("old.parquet") + "'")).isEqualTo(2);
    assertThat(rows(statement, "SELECT id, at, t, doc, v, h, q, m, tags FROM old ORDER BY id"))
        .isEqualTo(
            """
            1|2024-02-29 01:00:00.123|Zoë|"RED"|[0.5,1.5,2.5]|[1.0,2.0,3.0]|[-1.0,0.0,1.0]|[[0.0,7.0],[1.0,7.0]]|[x]|
            2|null|null|null|null|null|[5.0,5.0,5.0]|null|null|
            """);
  }

  private static Binary int96(int julianDay, long nanos) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(nanos)
            .putInt(julianDay)
            .array());
  }

  /** Two columns of many, by name; a row that does not fit is told by its number. */
  @Test
  void columnsAreChosenAndBadRowsTold() throws SQLException {
    fillEveryType();
    statement.executeUpdate("COPY every TO '" + file("e.parquet") + "'");
    statement.execute("CREATE TABLE few (id INTEGER PRIMARY KEY, t VARCHAR NOT NULL)");
    assertThatThrownBy(
            () -> statement.executeUpdate("COPY few (id, t) FROM '" + file("e.parquet") + "'"))
        .hasMessageContaining("of rows 1 to 3, row 2 has no value for column \"t\"");
    statement.execute("ALTER TABLE few DROP COLUMN t");
    assertThat(statement.executeUpdate("COPY few (id) FROM '" + file("e.parquet") + "'"))
        .isEqualTo(3);
    statement.execute("CREATE TABLE wrong (id INTEGER PRIMARY KEY, v VECTOR(2))");
    assertThatThrownBy(
            () -> statement.executeUpdate("COPY wrong (id, v) FROM '" + file("e.parquet") + "'"))
        .hasMessageContaining("row 1 of ")
        .hasMessageContaining("parameter 2: Expected 2 dimensions, found 3; 0 rows before it")
        .hasMessageContaining("correct it, or bear bad rows with (MAX_BAD 100)");
    assertThat(
            statement.executeUpdate(
                "COPY wrong (id, v) FROM '" + file("e.parquet") + "' (MAX_BAD 1)"))
        .isEqualTo(2);
    assertThat(statement.getWarnings().getMessage()).startsWith("row 1 was left out: ");
  }

  /** Cut anywhere, or with bits flipped anywhere: an error, and no row of it is there. */
  @Test
  void ofADamagedFileNothingIsKept() throws SQLException, IOException {
    statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, s VARCHAR, v VECTOR(8))");
    StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
    for (int i = 0; i < 3_000; i++) {
      insert.append(i > 0 ? ", (" : "(").append(i).append(", 's").append(i % 50).append("', '[");
      for (int j = 0; j < 8; j++) {
        insert.append(j > 0 ? "," : "").append((i * 8 + j) % 997);
      }
      insert.append("]')");
    }
    statement.execute(insert.toString());
    statement.executeUpdate("COPY t TO '" + file("t.parquet") + "'");
    String whole = rows(statement, "SELECT * FROM t ORDER BY id");
    byte[] bytes = Files.readAllBytes(folder.resolve("t.parquet"));
    statement.execute("CREATE TABLE u (id BIGINT PRIMARY KEY, s VARCHAR, v VECTOR(8))");
    String copy = "COPY u FROM '" + file("u.parquet") + "'";
    for (int length : new int[] {0, 3, 11, bytes.length / 2, bytes.length - 5, bytes.length - 1}) {
      Files.write(folder.resolve("u.parquet"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> statement.executeUpdate(copy))
          .as("cut to %d bytes", length)
          .hasMessageContaining("cannot be read further: ")
          .hasMessageContaining("check that it is whole, and of format PARQUET.");
    }
    long seed = Long.getLong("quiver.seed", System.nanoTime());
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] flipped = bytes.clone();
      int at = random.nextInt(bytes.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(folder.resolve("u.parquet"), flipped);
      try {
        statement.executeUpdate(copy);
        assertThat(rows(statement, "SELECT * FROM u ORDER BY id"))
            .as("seed %d, byte %d", seed, at)
            .isEqualTo(whole);
        statement.execute("TRUNCATE TABLE u");
      } catch (SQLException broken) {
        refused++;
        assertThat(broken.getErrorCode()).as("seed %d, byte %d: %s", seed, at, broken).isPositive();
      }
      assertThat(rows(statement, "SELECT COUNT(*) FROM u")).as("seed %d", seed).isEqualTo("0|\n");
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(30);
  }

  @Test
  void mistakesAreTold() throws SQLException {
    statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    assertThatThrownBy(
            () ->
                statement.executeUpdate(
                    "COPY (SELECT id, id AS \"id\" FROM t) TO '" + file("t.parquet") + "'"))
        .hasMessageContaining("two columns are called \"id\", and a file has one of a name");
    assertThatThrownBy(() -> statement.executeUpdate("COPY t TO '" + file("t.parquet.gz") + "'"))
        .hasMessageContaining(
            "PARQUET is not written gzipped: a Parquet file is compressed inside");
    assertThatThrownBy(
            () ->
                statement.executeUpdate(
                    "COPY t TO '" + file("t.parquet") + "' (COMPRESSION brotli)"))
        .hasMessageContaining("give none, snappy, gzip or zstd.");
    assertThat(folder).isEmptyDirectory();
  }
}
