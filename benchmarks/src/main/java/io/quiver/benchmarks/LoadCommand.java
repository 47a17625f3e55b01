package io.quiver.benchmarks;

import io.quiver.server.cli.CommandFailure;
import io.quiver.server.cli.SubCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quiver load}: many connections search a server at once, as a process of its own. */
@Command(
    name = "load",
    description = {
      "Search a server from many connections at once and tell times, errors, and what the server"
          + " holds before and after.",
      "Makes the table load_docs of 10,000 rows by 64 dimensions where there is none."
    })
public final class LoadCommand implements SubCommand {
  private static final int ROWS = 10_000;
  private static final int DIMENSION = 64;
  private static final int BATCH = 500;

  @Parameters(index = "0", paramLabel = "HOST:PORT", description = "The server, without TLS.")
  private String address = "";

  @Option(names = "--user", paramLabel = "NAME", description = "An administrator: admin.")
  private String user = "admin";

  @Option(
      names = "--password",
      paramLabel = "WORD",
      required = true,
      description = "That user's password.")
  private String password = "";

  @Option(names = "--connections", paramLabel = "N", description = "At once: 200.")
  private int connections = 200;

  @Option(names = "--seconds", paramLabel = "S", description = "How long: 60.")
  private int seconds = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    try (Connection connection = connect()) {
      fill(connection);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("before: " + held());
    out.flush();
    CountDownLatch open = new CountDownLatch(connections);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean stop = new AtomicBoolean();
    Worker[] workers = new Worker[connections];
    Thread[] threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      workers[i] = new Worker(i, open, go, stop);
      threads[i] = Thread.ofPlatform().start(workers[i]);
    }
    open.await();
    out.println("open:   " + held());
    out.flush();
    long begin = System.nanoTime();
    go.countDown();
    Thread.sleep(seconds * 500L);
    out.println("half:   " + held());
    out.flush();
    Thread.sleep(seconds * 500L);
    out.println("end:    " + held());
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    out.println("closed: " + held());
    tell(out, workers, took);
    out.flush();
    return errors.isEmpty() ? 0 : 1;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:quiver://" + address + "/public", user, password);
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS load_docs (id BIGINT PRIMARY KEY, lang VARCHAR, e VECTOR("
              + DIMENSION
              + "))");
      try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM load_docs")) {
        count.next();
        if (count.getLong(1) > 0) {
          return;
        }
      }
    }
    Random random = new Random(1);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO load_docs VALUES (?, ?, ?)")) {
      for (int row = 1; row <= ROWS; row++) {
        insert.setLong(1, row);
        insert.setString(2, row % 3 == 0 ? "en" : "fr");
        insert.setObject(3, vector(random));
        insert.addBatch();
        if (row % BATCH == 0) {
          insert.executeBatch();
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("OPTIMIZE TABLE load_docs");
    }
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** What the server says that it holds. */
  private String held() throws IOException, InterruptedException {
    String both = user + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)))
            .build();
    String metrics;
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new CommandFailure("/metrics: " + answer.body());
      }
      metrics = answer.body();
    }
    return String.format(
        Locale.ROOT,
        "%.0f connections, %.0f open files, heap %.0f MB, %.0f MB after the last collection,"
            + " %.0f threads",
        sum(metrics, "quiver_connections"),
        sum(metrics, "process_files_open_files"),
        sum(metrics, "jvm_memory_used_bytes\\{area=\"heap\"[^}]*}") / 1e6,
        sum(metrics, "jvm_gc_live_data_size_bytes") / 1e6,
        sum(metrics, "jvm_threads_live_threads"));
  }

  private static double sum(String metrics, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  private void tell(PrintWriter out, Worker[] workers, double took) {
    int count = 0;
    for (Worker worker : workers) {
      count += worker.count;
    }
    long[] all = new long[count];
    int at = 0;
    for (Worker worker : workers) {
      System.arraycopy(worker.nanos, 0, all, at, worker.count);
      at += worker.count;
    }
    Arrays.sort(all);
    out.printf(
        Locale.ROOT,
        "%,d searches by %d connections in %.1f s: %,.0f/s, %d errors%n",
        count,
        connections,
        took,
        count / took,
        errors.size());
    if (count > 0) {
      out.printf(
          Locale.ROOT,
          "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms%n",
          all[count / 2] / 1e6,
          all[(int) (count * .9)] / 1e6,
          all[(int) (count * .99)] / 1e6,
          all[(int) (count * .999)] / 1e6,
          all[count - 1] / 1e6);
    }
    errors.stream().distinct().limit(5).forEach(out::println);
  }

  /** One connection that searches as fast as it is answered. */
  private final class Worker implements Runnable {
    private final int number;
    private final CountDownLatch open;
    private final CountDownLatch go;
    private final AtomicBoolean stop;
    private long[] nanos = new long[1024];
    private int count;

    Worker(int number, CountDownLatch open, CountDownLatch go, AtomicBoolean stop) {
      this.number = number;
      this.open = open;
      this.go = go;
      this.stop = stop;
    }

    @Override
    public void run() {
      Random random = new Random(number);
      try (Connection connection = connect();
          PreparedStatement search =
              connection.prepareStatement(
                  "SELECT id, score FROM VECTOR_SEARCH('load_docs', 'e', ?, 10) WHERE lang = ?")) {
        open.countDown();
        go.await();
        while (!stop.get()) {
          search(search, random);
        }
      } catch (SQLException e) {
        errors.add(e.getSQLState() + " " + e.getMessage());
        open.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void search(PreparedStatement search, Random random) throws SQLException {
      long begin = System.nanoTime();
      search.setObject(1, vector(random));
      search.setString(2, random.nextBoolean() ? "en" : "fr");
      int rows = 0;
      try (ResultSet hits = search.executeQuery()) {
        while (hits.next()) {
          rows++;
        }
      }
      if (rows != 10) {
        errors.add(rows + " rows instead of 10");
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = System.nanoTime() - begin;
    }
  }
}
