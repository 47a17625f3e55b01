package io.quiver.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.server.operate.EventLog;
import io.quiver.server.operate.QuiverServer;
import io.quiver.server.operate.ServerConfig;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service over HTTP, on a database in the process and on one behind a server. */
class RagServiceTest {
  @TempDir Path temporary;

  @Test
  void answersFromADatabaseInTheProcess() throws Exception {
    Path folder = temporary.resolve("texts");
    RunningService.write(folder);
    String url = "jdbc:quiver:" + temporary.resolve("store");
    try (RunningService service = new RunningService(url, folder)) {
      answers(service);
      followsTheFolder(service);
    }
    // The passages are there at the next start, and are not embedded again.
    try (RunningService service = new RunningService(url, folder)) {
      JsonNode progress = service.read();
      assertThat(progress.get("state").asString()).isEqualTo("DONE");
      assertThat(progress.get("total").asInt()).isZero();
      assertThat(files(service.ask("{\"question\": \"soup\", \"tenant\": \"north\"}")))
          .contains("north/canteen.md");
    }
  }

  @Test
  void answersFromAServer() throws Exception {
    Path folder = temporary.resolve("texts");
    RunningService.write(folder);
    Path store = temporary.resolve("served");
    QuiverServer server = serve(store, 0);
    int port = server.port();
    String url = "jdbc:quiver://127.0.0.1:" + port + "/public?user=admin&password=two-rivers-meet";
    try (RunningService service = new RunningService(url, folder)) {
      answers(service);
      server.close();
      HttpResponse<String> gone =
          service.send("POST", "/api/ask", "{\"question\": \"soup\", \"tenant\": \"north\"}");
      assertThat(gone.statusCode()).isEqualTo(503);
      assertThat(gone.body()).contains("\"error\"");
      server = serve(store, port);
      followsTheFolder(service);
    } finally {
      server.close();
    }
  }

  private static QuiverServer serve(Path store, int port) throws Exception {
    return QuiverServer.start(
        ServerConfig.of(
            Map.of("dir", store.toString(), "port", String.valueOf(port), "drain_seconds", "0"),
            Map.of("QUIVER_ADMIN_PASSWORD", "two-rivers-meet"),
            Optional.empty()),
        new EventLog(new PrintStream(PrintStream.nullOutputStream()), Clock.systemUTC()));
  }

  private static void answers(RunningService service) throws Exception {
    JsonNode progress = service.read();
    assertThat(progress.get("message").asString()).isEmpty();
    assertThat(progress.get("done").asInt()).isEqualTo(4);

    List<String> tenants = new ArrayList<>();
    service.get("/api/tenants").forEach(t -> tenants.add(t.get("name").asString()));
    assertThat(tenants).containsExactly("north", "south");

    JsonNode reply =
        service.ask("{\"question\": \"is my data safe after a crash\", \"tenant\": \"north\"}");
    JsonNode best = reply.get("passages").get(0);
    assertThat(best.get("file").asString()).isEqualTo("north/storage.md");
    assertThat(best.get("heading").asString()).isEqualTo("Storage > Writes");
    assertThat(best.get("published").asString()).isEqualTo("2024-03-01");
    assertThat(best.get("similarity").asDouble()).isBetween(0.3, 1.0);
    assertThat(best.get("fused").asDouble()).isBetween(1.0 / 61, 2.0 / 61 + 1e-9);
    assertThat(best.get("meaning").asDouble()).isBetween(0.2, 1.0);
    assertThat(best.get("words").asDouble()).isPositive();
    assertThat(reply.get("answer").get("text").asString()).contains("crash").contains("[1]");

    // A number means nothing to a model; the words find it.
    assertThat(
            files(
                service.ask(
                    "{\"question\": \"qx-7781\", \"tenant\": \"north\", \"stage\": \"WORDS\"}")))
        .containsExactly("north/kitchen.md");
    // Neither tenant sees the other's, whatever is asked.
    assertThat(files(service.ask("{\"question\": \"log\", \"tenant\": \"south\", \"count\": 50}")))
        .containsExactly("south/garden.md");
    assertThat(files(service.ask("{\"question\": \"log\", \"tenant\": \"nobody\"}"))).isEmpty();
    for (Stage stage : Stage.values()) {
      assertThat(
              files(
                  service.ask(
                      "{\"question\": \"kitchen storage\", \"tenant\": \"north\", \"stage\":"
                          + " \"%s\", \"since\": \"2021-01-01\", \"until\": \"2024-12-31\"}"
                              .formatted(stage))))
          .as("%s", stage)
          .isNotEmpty()
          .containsOnly("north/storage.md");
    }

    assertThat(error(service, "{\"tenant\": \"north\"}")).contains("question is missing");
    assertThat(error(service, "{\"question\": \"x\"}")).contains("tenant is missing");
    assertThat(error(service, "{\"question\": \"x\", \"tenant\": \"north\", \"count\": 51}"))
        .contains("count is 51; it must be from 1 to 50");
    assertThat(error(service, "{\"question\": ")).contains("error");
    assertThat(error(service, "{\"question\": \"x\", \"tenant\": \"a\", \"since\": \"soon\"}"))
        .contains("soon");
  }

  /** A file that changed, one that was renamed: the passages follow. */
  private static void followsTheFolder(RunningService service) throws Exception {
    RunningService.put(
        service.folder.resolve("south/garden.md"), "2026-02-02", "Roses are cut back in March.");
    Files.move(
        service.folder.resolve("north/kitchen.md"), service.folder.resolve("north/canteen.md"));
    assertThat(service.send("POST", "/api/ingest", "").statusCode()).isEqualTo(202);
    JsonNode progress = service.read();
    assertThat(progress.get("message").asString()).isEmpty();
    assertThat(progress.get("done").asInt()).isEqualTo(2);
    JsonNode south = service.ask("{\"question\": \"tomatoes\", \"tenant\": \"south\"}");
    assertThat(south.get("passages")).hasSize(1);
    assertThat(south.get("passages").get(0).get("content").asString()).startsWith("Roses");
    assertThat(files(service.ask("{\"question\": \"soup\", \"tenant\": \"north\"}")))
        .contains("north/canteen.md")
        .doesNotContain("north/kitchen.md");
  }

  private static String error(RunningService service, String body) throws Exception {
    HttpResponse<String> response = service.send("POST", "/api/ask", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return response.body();
  }

  private static List<String> files(JsonNode reply) {
    List<String> files = new ArrayList<>();
    reply.get("passages").forEach(passage -> files.add(passage.get("file").asString()));
    return files;
  }
}
