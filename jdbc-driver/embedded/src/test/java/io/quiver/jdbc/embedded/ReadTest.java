package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.VectorForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What getters give. */
class ReadTest {
  private final ScriptedRunner runner = new ScriptedRunner();
  private Connection connection;
  private Statement statement;

  /** A connection to a database that runs statements so; another half of the driver has its own. */
  Connection connect(ScriptedRunner script) throws Exception {
    return new QuiverDatabase(null, new DatabaseParts(script, () -> {})).connect();
  }

  @BeforeEach
  void open() throws Exception {
    connection = connect(runner);
    statement = connection.createStatement();
  }

  /** What {@link #connect} opened besides. */
  void release() {}

  @AfterEach
  void close() throws SQLException {
    connection.close();
    release();
  }

  private ResultSet one(String type, Object value) throws SQLException {
    runner.value("q", type, value);
    ResultSet rows = statement.executeQuery("q");
    assertThat(rows.next()).isTrue();
    return rows;
  }

  @Test
  void aVectorReadsInEveryForm() throws SQLException {
    float[] vector = {1, -0.5f};
    ResultSet rows = one("VECTOR(2)", vector);
    assertThat(rows.getObject(1)).isEqualTo(vector);
    assertThat(rows.getObject("v", float[].class)).isEqualTo(vector);
    assertThat(rows.getObject(1, double[].class)).isEqualTo(new double[] {1, -0.5});
    assertThat(rows.getObject(1, Float[].class)).isEqualTo(new Float[] {1f, -0.5f});
    assertThat((Object) rows.getObject(1, List.class)).isEqualTo(List.of(1f, -0.5f));
    assertThat(rows.getString(1)).isEqualTo("[1.0,-0.5]");
    assertThat(rows.getBytes(1)).isEqualTo(VectorForm.bytes(vector));
    Array array = rows.getArray(1);
    assertThat(array.getArray()).isEqualTo(new Float[] {1f, -0.5f});
    assertThat(array.getBaseType()).isEqualTo(Types.REAL);
    assertThat(array.getBaseTypeName()).isEqualTo("REAL");
  }

  @Test
  void severalVectorsAndSparseOnes() throws SQLException {
    float[][] rows = {{1, 2}, {3, 4}};
    ResultSet multi = one("MULTIVECTOR(2)", rows);
    assertThat(multi.getObject(1)).isEqualTo(rows);
    assertThat(multi.getObject(1, float[][].class)).isEqualTo(rows);
    assertThat(multi.getString(1)).isEqualTo("[[1.0,2.0],[3.0,4.0]]");
    ResultSet sparse =
        one("SPARSEVEC", new SparseVectorValue(new int[] {0, 6}, new float[] {0.5f, 1.25f}));
    SparseVector expected = new SparseVector(new int[] {0, 6}, new float[] {0.5f, 1.25f});
    assertThat(sparse.getObject(1)).isEqualTo(expected);
    assertThat(sparse.getObject(1, SparseVector.class)).isEqualTo(expected);
    assertThat((Object) sparse.getObject(1, Map.class)).isEqualTo(Map.of(0, 0.5f, 6, 1.25f));
    assertThat(sparse.getString(1)).isEqualTo("{\"indices\":[0,6],\"values\":[0.5,1.25]}");
  }

  @Test
  void timesReadInEveryForm() throws SQLException {
    LocalDate day = LocalDate.of(2024, 2, 29);
    ResultSet date = one("DATE", (int) day.toEpochDay());
    assertThat(date.getObject(1)).isEqualTo(Date.valueOf(day));
    assertThat(date.getObject(1, LocalDate.class)).isEqualTo(day);
    assertThat(date.getString(1)).isEqualTo("2024-02-29");
    assertThat(date.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2024-02-29 00:00:00"));
    ResultSet time = one("TIME", 49_510_000);
    assertThat(time.getObject(1)).isEqualTo(Time.valueOf("13:45:10"));
    assertThat(time.getObject(1, LocalTime.class)).isEqualTo(LocalTime.of(13, 45, 10));
    assertThat(time.getString(1)).isEqualTo("13:45:10");
    LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 13, 45, 10, 120_000_000);
    long millis = moment.toInstant(java.time.ZoneOffset.UTC).toEpochMilli();
    ResultSet stamp = one("TIMESTAMP", millis);
    assertThat(stamp.getObject(1)).isEqualTo(Timestamp.valueOf(moment));
    assertThat(stamp.getObject(1, LocalDateTime.class)).isEqualTo(moment);
    assertThat(stamp.getDate(1)).isEqualTo(Date.valueOf(day));
    assertThat(stamp.getString(1)).isEqualTo("2024-02-29 13:45:10.12");
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(stamp.getTimestamp(1, tokyo).toInstant())
        .isEqualTo(Instant.parse("2024-02-29T04:45:10.120Z"));
    ResultSet zoned = one("TIMESTAMP WITH TIME ZONE", 0L);
    assertThat(zoned.getObject(1)).isEqualTo(OffsetDateTime.parse("1970-01-01T00:00:00Z"));
    assertThat(zoned.getObject(1, Instant.class)).isEqualTo(Instant.EPOCH);
    assertThat(zoned.getTimestamp(1).getTime()).isZero();
    assertThat(zoned.getString(1)).isEqualTo("1970-01-01 00:00:00Z");
  }

  @Test
  void numbersReadAsOneAnother() throws SQLException {
    ResultSet big = one("BIGINT", 3_000_000_000L);
    assertThat(big.getObject(1)).isEqualTo(3_000_000_000L);
    assertThat(big.getLong("V")).isEqualTo(3_000_000_000L);
    assertThat(big.getDouble(1)).isEqualTo(3e9);
    assertThat(big.getBigDecimal(1)).isEqualTo(new BigDecimal("3000000000"));
    assertThat(big.getObject(1, BigInteger.class)).isEqualTo(new BigInteger("3000000000"));
    assertThat(big.getString(1)).isEqualTo("3000000000");
    assertThat(big.getBoolean(1)).isTrue();
    assertThatThrownBy(() -> big.getInt(1))
        .isInstanceOf(SQLDataException.class)
        .hasMessage("Value 3000000000 is out of range for int");
    assertThat(one("SMALLINT", (short) 7).getObject(1)).isEqualTo(7);
    assertThat(one("REAL", 1.5f).getObject(1)).isEqualTo(1.5f);
    assertThat(one("DECIMAL(10, 2)", new BigDecimal("1.50")).getString(1)).isEqualTo("1.50");
    assertThat(one("VARCHAR", " 42 ").getInt(1)).isEqualTo(42);
    assertThat(one("BOOLEAN", true).getInt(1)).isEqualTo(1);
    ResultSet text = one("VARCHAR", "abc");
    assertThatThrownBy(() -> text.getInt(1))
        .isInstanceOf(SQLDataException.class)
        .hasMessage("Cannot read 'abc' of type VARCHAR as BigDecimal");
  }

  @Test
  void otherTypes() throws SQLException {
    UUID uuid = UUID.randomUUID();
    ResultSet id = one("UUID", uuid);
    assertThat(id.getObject(1)).isEqualTo(uuid);
    assertThat(id.getString(1)).isEqualTo(uuid.toString());
    assertThat(one("VARCHAR", uuid.toString()).getObject(1, UUID.class)).isEqualTo(uuid);
    assertThat(one("VARCHAR", "MONDAY").getObject(1, DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
    ResultSet tags = one("VARCHAR ARRAY", Arrays.asList("a", null));
    assertThat(tags.getArray(1).getArray()).isEqualTo(new String[] {"a", null});
    assertThat((Object) tags.getObject(1, List.class)).isEqualTo(Arrays.asList("a", null));
    assertThat(tags.getObject(1, String[].class)).isEqualTo(new String[] {"a", null});
    assertThat(tags.getObject(1)).isInstanceOf(Array.class);
    assertThat(tags.getString(1)).isEqualTo("[a, null]");
    ResultSet bytes = one("VARBINARY", new byte[] {1, (byte) 0xab});
    assertThat(bytes.getBytes(1)).isEqualTo(new byte[] {1, (byte) 0xab});
    assertThat(bytes.getString(1)).isEqualTo("01ab");
    assertThat(bytes.getBlob(1).length()).isEqualTo(2);
    assertThat(one("JSON", "{\"a\":1}").getClob(1).getSubString(1, 100)).isEqualTo("{\"a\":1}");
  }

  @Test
  void nullIsNullOrZeroAndSaysSo() throws SQLException {
    ResultSet rows = one("INTEGER", null);
    assertThat(rows.getInt(1)).isZero();
    assertThat(rows.wasNull()).isTrue();
    assertThat(rows.getObject(1)).isNull();
    assertThat(rows.getObject(1, Integer.class)).isNull();
    assertThat(rows.getString(1)).isNull();
    assertThat(rows.getBoolean(1)).isFalse();
    assertThat(one("VECTOR(2)", null).getObject(1, float[].class)).isNull();
  }

  @Test
  void metaDataTellsWhatColumnsAre() throws SQLException {
    ResultSetMetaData vector = one("VECTOR(768)", null).getMetaData();
    assertThat(vector.getColumnType(1)).isEqualTo(Types.OTHER);
    assertThat(vector.getColumnTypeName(1)).isEqualTo("VECTOR");
    assertThat(vector.getPrecision(1)).isEqualTo(768);
    assertThat(vector.getColumnClassName(1)).isEqualTo("[F");
    assertThat(vector.getTableName(1)).isEqualTo("docs");
    assertThat(vector.getSchemaName(1)).isEqualTo("public");
    assertThat(vector.getCatalogName(1)).isEmpty();
    assertThat(vector.getColumnLabel(1)).isEqualTo("v");
    ResultSetMetaData text = one("VARCHAR(20)", null).getMetaData();
    assertThat(text.getColumnType(1)).isEqualTo(Types.VARCHAR);
    assertThat(text.getColumnTypeName(1)).isEqualTo("VARCHAR");
    assertThat(text.getPrecision(1)).isEqualTo(20);
    ResultSetMetaData array = one("VARCHAR ARRAY", null).getMetaData();
    assertThat(array.getColumnType(1)).isEqualTo(Types.ARRAY);
    assertThat(array.getColumnTypeName(1)).isEqualTo("VARCHAR ARRAY");
    assertThat(one("JSON", null).getMetaData().getColumnTypeName(1)).isEqualTo("JSON");
    assertThatThrownBy(() -> text.getColumnType(2))
        .isInstanceOf(SQLException.class)
        .hasMessage("Invalid column 2: the result has 1 columns");
  }

  @Test
  void misuseIsNamed() throws SQLException {
    runner.value("q", "INTEGER", 1);
    ResultSet rows = statement.executeQuery("q");
    assertThatThrownBy(() -> rows.getInt(1))
        .hasMessage("The result set is before its first row: call next()");
    assertThat(rows.isBeforeFirst()).isTrue();
    rows.next();
    assertThatThrownBy(() -> rows.getInt("w"))
        .hasMessage("Column 'w' is not in the result; it has [v]");
    assertThat(rows.getRow()).isEqualTo(1);
    assertThat(rows.next()).isFalse();
    assertThat(rows.isAfterLast()).isTrue();
    assertThatThrownBy(() -> rows.getInt(1)).hasMessage("The result set is after its last row");
    rows.close();
    assertThatThrownBy(() -> rows.getInt(1)).hasMessage("The result set is closed");
  }
}
