package io.quiver.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as {@code bin/quiver rag} starts it, over a few files of two tenants. */
final class RunningService implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  final Path folder;

  RunningService(String url, Path folder) {
    this.folder = folder;
    context = RagCommand.start(url, folder, 0);
  }

  /** Texts of the tenants north and south. */
  static void write(Path folder) throws IOException {
    put(
        folder.resolve("north/storage.md"),
        "2024-03-01",
        """
        # Storage
        ## Writes
        A write is acknowledged after the log is synced to the disk. A crash loses nothing that was acknowledged.
        ## Reads
        A reader takes a snapshot and is never blocked by writers.
        """);
    put(
        folder.resolve("north/kitchen.md"),
        "2020-06-01",
        """
        # Kitchen
        The kitchen opens at noon and serves soup. Spare part QX-7781 of the oven is out of stock.
        """);
    put(
        folder.resolve("south/garden.md"),
        "2025-01-15",
        """
        # Garden
        Tomatoes are watered in the evening. The log of the oak tree lies beside the shed.
        """);
  }

  static void put(Path file, String day, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(day + "T12:00:00Z")));
  }

  String address() {
    return RagCommand.address(context);
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return new JsonMapper().readTree(send("GET", path, "").body());
  }

  JsonNode ask(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", "/api/ask", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  /** Waits until the folder has been read; returns the progress at its end. */
  JsonNode read() throws IOException, InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofMinutes(2));
    while (Instant.now().isBefore(patience)) {
      JsonNode progress = get("/api/ingest");
      String state = progress.get("state").asString();
      if (state.equals("DONE") || state.equals("FAILED")) {
        return progress;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The folder is still being read after two minutes");
  }

  @Override
  public void close() {
    context.close();
  }
}
