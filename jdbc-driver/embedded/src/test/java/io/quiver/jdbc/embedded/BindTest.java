package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.VectorForm;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What setters bring to the database. */
class BindTest {
  final ScriptedRunner runner = new ScriptedRunner();
  private Connection connection;

  /** A connection to a database that runs statements so; another half of the driver has its own. */
  Connection connect(ScriptedRunner script) throws Exception {
    return new QuiverDatabase(null, new DatabaseParts(script, () -> {})).connect();
  }

  @BeforeEach
  void open() throws Exception {
    connection = connect(runner);
  }

  /** What {@link #connect} opened besides. */
  void release() {}

  @AfterEach
  void close() throws SQLException {
    connection.close();
    release();
  }

  /** Sets a parameter. */
  interface Setting {
    void on(PreparedStatement statement) throws SQLException;
  }

  Object bound(String type, Setting setting) throws SQLException {
    runner.update("insert " + type, type);
    try (PreparedStatement statement = connection.prepareStatement("insert " + type)) {
      setting.on(statement);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    return received(runner.executed.get(runner.executed.size() - 1)[0], type);
  }

  /** What came of it, in the class that the setter had; by another way it comes in another. */
  Object received(Object value, String type) {
    return value;
  }

  @Test
  void everyFormOfVectorArrivesAsFloats() throws SQLException {
    float[] vector = {1, -0.5f, 3};
    List<Setting> forms =
        List.of(
            s -> s.setObject(1, vector),
            s -> s.setObject(1, new double[] {1, -0.5, 3}),
            s -> s.setObject(1, new Float[] {1f, -0.5f, 3f}),
            s -> s.setObject(1, List.of(1, -0.5, 3L)),
            s -> s.setObject(1, vector, Types.OTHER),
            s -> s.setObject(1, vector, Types.ARRAY),
            s -> s.setObject(1, vector, Types.VARBINARY),
            s -> s.setObject(1, vector, JDBCType.OTHER),
            s -> s.setBytes(1, VectorForm.bytes(vector)),
            s -> s.setObject(1, VectorForm.bytes(vector)),
            s -> s.setString(1, VectorForm.base64(vector)),
            s -> s.setArray(1, connection.createArrayOf("float4", new Float[] {1f, -0.5f, 3f})),
            s -> s.setArray(1, connection.createArrayOf("DOUBLE", new Double[] {1., -0.5, 3.})));
    for (int i = 0; i < forms.size(); i++) {
      assertThat(bound("VECTOR(3)", forms.get(i)))
          .as("form %d", i)
          .isInstanceOf(float[].class)
          .isEqualTo(vector);
    }
  }

  @Test
  void wholeNumbersAreAVectorOfBytes() throws SQLException {
    assertThat(bound("VECTOR(4, INT8)", s -> s.setObject(1, new byte[] {1, -2, 3, 127})))
        .isEqualTo(new float[] {1, -2, 3, 127});
    assertThat(bound("VECTOR(4, INT8)", s -> s.setObject(1, new int[] {1, -2, 3, 127})))
        .isEqualTo(new float[] {1, -2, 3, 127});
  }

  @Test
  void textOfAVectorGoesOnAsText() throws SQLException {
    assertThat(bound("VECTOR(2)", s -> s.setString(1, "[1,2]"))).isEqualTo("[1,2]");
    assertThat(bound("VECTOR(2)", s -> s.setObject(1, "[1,2]", Types.OTHER))).isEqualTo("[1,2]");
  }

  @Test
  void severalVectorsArriveAsRows() throws SQLException {
    float[][] rows = {{1, 2}, {3, 4}};
    assertThat(bound("MULTIVECTOR(2)", s -> s.setObject(1, rows))).isEqualTo(rows);
    assertThat(bound("MULTIVECTOR(2)", s -> s.setObject(1, new double[][] {{1, 2}, {3, 4}})))
        .isEqualTo(rows);
    assertThat(bound("MULTIVECTOR(2)", s -> s.setObject(1, List.of(rows[0], List.of(3, 4)))))
        .isEqualTo(rows);
    assertThat(bound("MULTIVECTOR(2)", s -> s.setString(1, VectorForm.base64(rows))))
        .isEqualTo(rows);
  }

  @Test
  void sparseVectorsArriveFromMapAndRecord() throws SQLException {
    SparseVectorValue sparse = new SparseVectorValue(new int[] {0, 6}, new float[] {0.5f, 1.2f});
    assertThat(bound("SPARSEVEC", s -> s.setObject(1, Map.of(6, 1.2f, 0, 0.5f)))).isEqualTo(sparse);
    assertThat(bound("SPARSEVEC", s -> s.setObject(1, sparse))).isEqualTo(sparse);
    assertThat(
            bound(
                "SPARSEVEC",
                s -> s.setObject(1, new SparseVector(new int[] {0, 6}, new float[] {.5f, 1.2f}))))
        .isEqualTo(sparse);
  }

  @Test
  void javaTimeAndItsElders() throws SQLException {
    LocalDate date = LocalDate.of(2024, 2, 29);
    LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 13, 45, 10, 123_000_000);
    assertThat(bound("DATE", s -> s.setObject(1, date))).isEqualTo(date);
    assertThat(bound("DATE", s -> s.setDate(1, Date.valueOf(date)))).isEqualTo(date);
    assertThat(bound("DATE", s -> s.setObject(1, Date.valueOf(date), Types.DATE))).isEqualTo(date);
    assertThat(bound("TIME", s -> s.setTime(1, Time.valueOf("13:45:10"))))
        .isEqualTo(LocalTime.of(13, 45, 10));
    assertThat(bound("TIMESTAMP", s -> s.setTimestamp(1, Timestamp.valueOf(moment))))
        .isEqualTo(moment);
    assertThat(bound("TIMESTAMP", s -> s.setObject(1, moment))).isEqualTo(moment);
    assertThat(bound("TIMESTAMP", s -> s.setObject(1, date, Types.TIMESTAMP)))
        .isEqualTo(date.atStartOfDay());
    assertThat(bound("TIMESTAMP WITH TIME ZONE", s -> s.setObject(1, Instant.EPOCH)))
        .isEqualTo(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
    ZonedDateTime zoned = ZonedDateTime.parse("2024-02-29T13:45:10+02:00[Europe/Helsinki]");
    assertThat(bound("TIMESTAMP WITH TIME ZONE", s -> s.setObject(1, zoned)))
        .isEqualTo(zoned.toOffsetDateTime());
  }

  @Test
  void aCalendarsClockIsTheOneRead() throws SQLException {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(bound("TIMESTAMP", s -> s.setTimestamp(1, new Timestamp(0), tokyo)))
        .isEqualTo(LocalDateTime.of(1970, 1, 1, 9, 0));
    assertThat(bound("DATE", s -> s.setDate(1, new Date(0), tokyo)))
        .isEqualTo(LocalDate.of(1970, 1, 1));
  }

  @Test
  void otherClassesOfEveryDay() throws SQLException {
    UUID uuid = UUID.randomUUID();
    assertThat(bound("UUID", s -> s.setObject(1, uuid))).isEqualTo(uuid);
    assertThat(bound("VARCHAR", s -> s.setObject(1, DayOfWeek.MONDAY))).isEqualTo("MONDAY");
    assertThat(bound("VARCHAR", s -> s.setObject(1, 'x'))).isEqualTo("x");
    assertThat(bound("DECIMAL(10, 2)", s -> s.setObject(1, new BigInteger("12"))))
        .isEqualTo(new BigDecimal("12"));
    assertThat(bound("VARCHAR ARRAY", s -> s.setObject(1, new String[] {"a", null})))
        .isEqualTo(java.util.Arrays.asList("a", null));
    assertThat(
            bound(
                "VARCHAR ARRAY",
                s -> s.setArray(1, connection.createArrayOf("text", new Object[] {"a"}))))
        .isEqualTo(List.of("a"));
    assertThat(bound("BIGINT ARRAY", s -> s.setObject(1, new long[] {1, 2})))
        .isEqualTo(List.of(1L, 2L));
  }

  @Test
  void streamsAndLargeObjectsAreReadWhole() throws SQLException {
    byte[] bytes = {1, 2, 3, 4};
    assertThat(bound("VARBINARY", s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes))))
        .isEqualTo(bytes);
    assertThat(bound("VARBINARY", s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes), 2)))
        .isEqualTo(new byte[] {1, 2});
    assertThat(bound("VARCHAR", s -> s.setCharacterStream(1, new StringReader("héllo"))))
        .isEqualTo("héllo");
    assertThat(bound("VARCHAR", s -> s.setNCharacterStream(1, new StringReader("héllo"), 3)))
        .isEqualTo("hél");
    assertThat(
            bound(
                "VARCHAR",
                s ->
                    s.setAsciiStream(
                        1, new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)))))
        .isEqualTo("abc");
    Clob clob = connection.createClob();
    clob.setString(1, "text");
    assertThat(bound("VARCHAR", s -> s.setClob(1, clob))).isEqualTo("text");
    var blob = connection.createBlob();
    blob.setBytes(1, bytes);
    assertThat(bound("VARBINARY", s -> s.setBlob(1, blob))).isEqualTo(bytes);
  }

  @Test
  void targetTypesConvert() throws SQLException {
    assertThat(bound("INTEGER", s -> s.setObject(1, "5", Types.INTEGER))).isEqualTo(5);
    assertThat(bound("VARCHAR", s -> s.setObject(1, 5, Types.VARCHAR))).isEqualTo("5");
    assertThat(bound("DECIMAL(10, 2)", s -> s.setObject(1, 1.255, Types.DECIMAL, 2)))
        .isEqualTo(new BigDecimal("1.26"));
    assertThat(bound("BOOLEAN", s -> s.setObject(1, "yes", Types.BOOLEAN))).isEqualTo(true);
    assertThat(bound("DOUBLE", s -> s.setObject(1, 2, Types.DOUBLE))).isEqualTo(2.0);
  }

  @Test
  void nullsOfEveryWayAreNull() throws SQLException {
    for (Setting setting :
        List.<Setting>of(
            s -> s.setNull(1, Types.OTHER),
            s -> s.setNull(1, Types.OTHER, "VECTOR"),
            s -> s.setObject(1, null),
            s -> s.setObject(1, null, Types.VARCHAR),
            s -> s.setString(1, null),
            s -> s.setBytes(1, null),
            s -> s.setDate(1, null),
            s -> s.setArray(1, null),
            s -> s.setBlob(1, (java.sql.Blob) null))) {
      assertThat(bound("VECTOR(3)", setting)).isNull();
    }
  }

  @Test
  void aTypedNullReplacesTheValueBefore() throws SQLException {
    assertThat(
            bound(
                "VARCHAR",
                s -> {
                  s.setString(1, "before");
                  s.setNull(1, Types.VARCHAR, "VARCHAR");
                }))
        .isNull();
  }

  @Test
  void badValuesAreDataExceptions() throws SQLException {
    runner.update("insert", "VECTOR(3)");
    try (PreparedStatement statement = connection.prepareStatement("insert")) {
      assertThatThrownBy(() -> statement.setBytes(1, new byte[5]))
          .isInstanceOf(SQLDataException.class)
          .hasMessage(
              "Invalid vector: 5 bytes are not a whole number of little-endian 4-byte floats");
      assertThatThrownBy(() -> statement.setObject(1, List.of(1, "x")))
          .isInstanceOf(SQLDataException.class)
          .hasMessage("Invalid vector: component 2 is x, not a number");
      assertThatThrownBy(() -> statement.setObject(1, "abc", Types.INTEGER))
          .isInstanceOf(SQLDataException.class)
          .hasMessage("Cannot convert 'abc' of class String to INTEGER");
      assertThatThrownBy(() -> statement.setObject(1, 3_000_000_000L, Types.INTEGER))
          .isInstanceOf(SQLDataException.class)
          .hasMessage("Value 3000000000 is out of range for INTEGER");
      assertThatThrownBy(() -> statement.setObject(2, "abc"))
          .isInstanceOf(SQLException.class)
          .hasMessage("Invalid parameter 2: the statement has 1");
    }
  }

  @Test
  void aStrangerAmongClassesIsNamed() throws SQLException {
    runner.update("insert", "VARCHAR");
    try (PreparedStatement statement = connection.prepareStatement("insert")) {
      statement.setObject(1, new Thread("stranger"));
      assertThatThrownBy(statement::executeUpdate)
          .isInstanceOf(SQLDataException.class)
          .hasMessage("Parameter 1 is a java.lang.Thread, which cannot be read as VARCHAR");
    }
  }

  @Test
  void anUnsetParameterIsNamed() throws SQLException {
    runner.update("insert", "VARCHAR", "VARCHAR");
    try (PreparedStatement statement = connection.prepareStatement("insert")) {
      statement.setString(1, "x");
      assertThatThrownBy(statement::executeUpdate)
          .isInstanceOf(SQLException.class)
          .hasMessage("Parameter 2 of 2 is not set");
      assertThatThrownBy(statement::addBatch).hasMessage("Parameter 2 of 2 is not set");
    }
  }

  @Test
  void parameterMetaDataTellsTheTruth() throws SQLException {
    runner.update("insert", "VECTOR(768)", "DECIMAL(10)", "UUID");
    try (PreparedStatement statement = connection.prepareStatement("insert")) {
      var meta = statement.getParameterMetaData();
      assertThat(meta.getParameterCount()).isEqualTo(3);
      assertThat(meta.getParameterType(1)).isEqualTo(Types.OTHER);
      assertThat(meta.getParameterTypeName(1)).isEqualTo("VECTOR");
      assertThat(meta.getPrecision(1)).isEqualTo(768);
      assertThat(meta.getParameterClassName(1)).isEqualTo("[F");
      assertThat(meta.getParameterType(2)).isEqualTo(Types.DECIMAL);
      assertThat(meta.isSigned(2)).isTrue();
      assertThat(meta.getParameterClassName(3)).isEqualTo("java.util.UUID");
      assertThat(statement.getMetaData()).isNull();
    }
  }
}
