package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Vectors that are legal and awkward, through SQL: right answers, or an error that says what is
 * wrong. Each test has a table with a column of every type under every metric, and asks before and
 * after {@code OPTIMIZE TABLE}, with few and many candidates, with filters that all, half and no
 * rows pass. What is right is worked out here, in double precision.
 */
class HardInputTest {
  /** Enough that segments get a graph. */
  private static final int INDEXED = 2_050;

  /** Enough that rows in memory get one. */
  private static final int IN_MEMORY = 600;

  private static final String[] METRICS = {"cosine", "l2", "ip", "l1"};

  private final SplittableRandom random = new SplittableRandom(41);
  private Connection connection;

  @TempDir Path folder;

  /** What components are kept as. */
  private enum Element {
    FLOAT32,
    FLOAT16,
    INT8;

    String type(int dimension) {
      return this == FLOAT32
          ? "VECTOR(" + dimension + ")"
          : "VECTOR(" + dimension + ", " + this + ")";
    }

    float[] kept(float[] vector) {
      float[] kept = vector.clone();
      for (int i = 0; i < kept.length; i++) {
        kept[i] =
            switch (this) {
              case FLOAT32 -> kept[i];
              case FLOAT16 ->
                  Float.float16ToFloat(Float.floatToFloat16(Math.clamp(kept[i], -65_504, 65_504)));
              case INT8 -> Math.clamp(Math.round(kept[i]), -127, 127);
            };
      }
      // All zeros have no direction under cosine.
      kept[0] = kept[0] == 0 ? (this == INT8 ? 1 : vector[0]) : kept[0];
      return kept;
    }
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void oneDimension() throws SQLException {
    check(IN_MEMORY, .9, element -> row -> new float[] {1 + row % 127});
  }

  @Test
  void theMostDimensions() throws SQLException {
    check(12, 1, element -> row -> noise(element, 16_384, 1));
  }

  @ParameterizedTest
  @EnumSource
  void oneDimensionTooMany(Element element) {
    String sql = "CREATE TABLE w (e " + element.type(16_385) + ")";
    SQLException refused = catchThrowableOfType(SQLException.class, () -> run(sql));
    assertThat(refused.getMessage())
        .startsWith(
            """
            QV-2002 TYPE_ARGUMENT_INVALID (SQLSTATE 22023) at line 1, column 26
              VECTOR has from 1 to 16384 dimensions, not 16385
            """)
        .endsWith("Remedy: give the number of dimensions of the model that makes the vectors.");
  }

  @Test
  void equalVectors() throws SQLException {
    check(IN_MEMORY, 1, element -> row -> new float[] {1, 2, 3, 4});
  }

  @Test
  void duplicatesByTheThousand() throws SQLException {
    float[][] twins = new float[3][];
    for (Element element : Element.values()) {
      twins[element.ordinal()] = noise(element, 8, 1);
    }
    check(
        INDEXED,
        .9,
        element -> row -> row % 3 == 0 ? noise(element, 8, 1) : twins[element.ordinal()]);
  }

  @Test
  void oneRow() throws SQLException {
    check(1, 1, element -> row -> noise(element, 8, 1));
  }

  @Test
  void noRows() throws SQLException {
    check(0, 1, element -> row -> noise(element, 8, 1));
  }

  @Test
  void hugeNumbers() throws SQLException {
    check(
        IN_MEMORY,
        .9,
        element -> row -> noise(element, 8, element == Element.FLOAT32 ? 1e37f : 20_000));
  }

  @Test
  void denormalNumbers() throws SQLException {
    check(
        IN_MEMORY,
        .9,
        element -> row -> noise(element, 8, element == Element.FLOAT32 ? 1e-42f : 1e-6f));
  }

  /** Components around {@code scale}; whole numbers around 30 times that for {@code INT8}. */
  private float[] noise(Element element, int dimension, float scale) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      float times = element == Element.INT8 ? 30 : 1;
      vector[i] = (float) (times * scale * (random.nextGaussian() + .01));
    }
    return element.kept(vector);
  }

  /** A column of the table, and what is in it. */
  private record Vectors(Element element, String metric, float[][] rows) {
    String name() {
      return (element + "_" + metric).toLowerCase(Locale.ROOT);
    }
  }

  private void check(int rows, double recallLeast, Function<Element, IntFunction<float[]>> data)
      throws SQLException {
    List<Vectors> columns = new ArrayList<>();
    StringBuilder table = new StringBuilder("CREATE TABLE t (id INTEGER PRIMARY KEY, half INTEGER");
    for (Element element : Element.values()) {
      IntFunction<float[]> vectors = data.apply(element);
      float[][] all = IntStream.range(0, rows).mapToObj(vectors).toArray(float[][]::new);
      int dimension = rows == 0 ? 8 : all[0].length;
      for (String metric : METRICS) {
        Vectors column = new Vectors(element, metric, all);
        columns.add(column);
        table.append(", ").append(column.name()).append(' ').append(element.type(dimension));
      }
    }
    run(table.append(')').toString());
    for (Vectors column : columns) {
      run(
          "CREATE INDEX by_%s ON t USING HNSW (%s vector_%s_ops)"
              .formatted(column.name(), column.name(), column.metric));
    }
    insert(columns, rows);
    for (String when : new String[] {"in memory", "optimized"}) {
      for (Vectors column : columns) {
        float[] query = rows == 0 ? new float[] {1, 1, 1, 1, 1, 1, 1, 1} : column.rows[rows / 2];
        check(column, query, when, recallLeast);
      }
      run("OPTIMIZE TABLE t");
    }
  }

  private void insert(List<Vectors> columns, int rows) throws SQLException {
    String sql = "INSERT INTO t VALUES (?, ?" + ", ?".repeat(columns.size()) + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 0; row < rows; row++) {
        insert.setInt(1, row);
        insert.setInt(2, row % 2);
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(3 + i, columns.get(i).rows[row]);
        }
        insert.addBatch();
      }
      if (rows > 0) {
        insert.executeBatch();
      }
    }
  }

  private void check(Vectors column, float[] query, String when, double recallLeast)
      throws SQLException {
    double[] distances =
        Arrays.stream(column.rows)
            .mapToDouble(row -> distance(column.metric, query, row))
            .toArray();
    int near = 0;
    int wanted = 0;
    for (String condition : new String[] {"TRUE", "s.half = 0", "s.half = 2"}) {
      int[] qualifying =
          IntStream.range(0, distances.length)
              .filter(row -> condition.equals("TRUE") || condition.equals("s.half = " + row % 2))
              .toArray();
      double[] sorted =
          Arrays.stream(qualifying).mapToDouble(row -> distances[row]).sorted().toArray();
      for (String arguments :
          new String[] {
            "10, exact => TRUE", "10, ef_search => 1", "1", "10000, ef_search => 100000"
          }) {
        String what = column.name() + ", " + when + ", " + condition + ", " + arguments;
        List<Integer> found = search(column, query, arguments, condition, what);
        int k = Integer.parseInt(arguments.replaceFirst(",.*", ""));
        int size = Math.min(k, sorted.length);
        assertThat(found).as(what).hasSize(size).doesNotHaveDuplicates();
        assertThat(found).as(what).allMatch(row -> Arrays.binarySearch(qualifying, row) >= 0);
        double bound =
            size == 0 ? 0 : sorted[size - 1] + 1e-6 * Math.abs(sorted[size - 1]) + Double.MIN_VALUE;
        int right = (int) found.stream().filter(row -> distances[row] <= bound).count();
        if (arguments.contains("exact")) {
          assertThat(right).as(what).isEqualTo(size);
        } else if (!arguments.endsWith("=> 1")) {
          near += right;
          wanted += size;
        }
      }
    }
    assertThat((double) near)
        .as("%s, %s", column.name(), when)
        .isGreaterThanOrEqualTo(recallLeast * wanted);
  }

  private List<Integer> search(
      Vectors column, float[] query, String arguments, String condition, String what)
      throws SQLException {
    String sql =
        "SELECT s.id, s.distance FROM VECTOR_SEARCH('t', '%s', ?, %s) AS s WHERE %s"
            .formatted(column.name(), arguments, condition);
    List<Integer> found = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    try (PreparedStatement search = connection.prepareStatement(sql)) {
      search.setObject(1, query);
      try (ResultSet rows = search.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getInt(1));
          assertThat(rows.getDouble(2)).as(what).isGreaterThanOrEqualTo(last);
          last = rows.getDouble(2);
        }
      }
    }
    return found;
  }

  private static double distance(String metric, float[] a, float[] b) {
    double dot = 0;
    double squares = 0;
    double sum = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      dot += (double) a[i] * b[i];
      squares += difference * difference;
      sum += Math.abs(difference);
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return switch (metric) {
      case "cosine" -> Math.max(0, 1 - dot / (Math.sqrt(lengthA) * Math.sqrt(lengthB)));
      case "l2" -> Math.sqrt(squares);
      case "ip" -> -dot;
      default -> sum;
    };
  }

  @Test
  void moreCandidatesThanThereMayBe() {
    String sql = "SELECT id FROM VECTOR_SEARCH('t', 'e', '[1]', 5, ef_search => 100001)";
    SQLException refused =
        catchThrowableOfType(
            SQLException.class,
            () -> {
              run("CREATE TABLE t (id INTEGER PRIMARY KEY, e VECTOR(1))");
              run(sql);
            });
    assertThat((Throwable) refused)
        .hasMessage(
            """
            QV-2010 FUNCTION_ARGUMENT_INVALID (SQLSTATE 22023)
              ef_search is 100001, not between 1 and 100000
              Remedy: use a number from 40 to 1000.\
            """);
  }

  /** An index is being built as the last connection goes; the next opening builds it anew. */
  @Test
  void anInterruptedBuildIsResumedAfterARestart() throws Exception {
    String url = "jdbc:quiver:" + folder.resolve("data");
    int rows = 4_000;
    float[][] vectors = new float[rows][];
    for (int row = 0; row < rows; row++) {
      vectors[row] = noise(Element.FLOAT32, 24, 1);
    }
    connection = DriverManager.getConnection(url);
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, e VECTOR(24))");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int row = 0; row < rows; row++) {
        insert.setInt(1, row);
        insert.setObject(2, vectors[row]);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    run("OPTIMIZE TABLE t");
    CompletableFuture<SQLException> building =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SQLException.class,
                    () -> {
                      try (Connection other = DriverManager.getConnection(url);
                          Statement statement = other.createStatement()) {
                        statement.execute(
                            "CREATE INDEX slow ON t USING HNSW (e) WITH (ef_construction = 500)");
                      }
                    }));
    boolean begun = false;
    for (int i = 0; i < 20_000 && !begun; i++) {
      begun = count("SELECT COUNT(*) FROM quiver.index_builds WHERE progress < 1") > 0;
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(begun).isTrue();
    assertThat((Throwable) building.get(60, TimeUnit.SECONDS)).isNull();
    assertThat(count("SELECT COUNT(*) FROM quiver.index_builds WHERE progress < 1")).isPositive();
    connection.close();

    connection = DriverManager.getConnection(url);
    assertThat(count("SELECT COUNT(*) FROM t")).isEqualTo(rows);
    for (String when : new String[] {"building", "built"}) {
      int right = 0;
      for (int i = 0; i < 20; i++) {
        int row = random.nextInt(rows);
        right += nearest(vectors[row]) == row ? 1 : 0;
      }
      assertThat(right).as(when).isGreaterThanOrEqualTo(19);
      run("OPTIMIZE TABLE t");
    }
    assertThat(count("SELECT COUNT(*) FROM quiver.index_builds")).isZero();
    assertThat(count("SELECT COUNT(*) FROM quiver.segments WHERE rows_indexed = " + rows)).isOne();
  }

  private int nearest(float[] vector) throws SQLException {
    try (PreparedStatement search =
        connection.prepareStatement("SELECT s.id FROM VECTOR_SEARCH('t', 'e', ?, 1) AS s")) {
      search.setObject(1, vector);
      try (ResultSet rows = search.executeQuery()) {
        return rows.next() ? rows.getInt(1) : -1;
      }
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A heap of a few times the program itself: right answers or an error, and no crash. */
  @Test
  void aSmallHeapIsNotTheEndOfTheProcess() throws Exception {
    Path told = folder.resolve("told");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx40m",
            "-XX:+UseSerialGC",
            "-XX:ErrorFile=" + folder.resolve("hs_err"),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapProgram.class.getName(),
            "jdbc:quiver:" + folder.resolve("small"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(Files.readString(told)).isTrue();
    assertThat(folder.resolve("hs_err")).doesNotExist();
    assertThat(process.exitValue()).as(Files.readString(told)).isZero();
    assertThat(Files.readString(told)).endsWith("whole\n");
  }
}
