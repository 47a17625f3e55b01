package io.quiver.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/quiver rag} as a user types it. */
class RagScriptTest {
  private static final Pattern ADDRESS = Pattern.compile("Ask at +(http://localhost:\\d+)");

  @TempDir Path temporary;

  @Test
  void theServiceAnswersFromTheFolderItIsGiven() throws Exception {
    Path folder = temporary.resolve("texts");
    RunningService.write(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("quiver.root"), "bin", "quiver").toString(),
            "rag",
            "--data",
            folder.toString(),
            "--dir",
            temporary.resolve("store").toString(),
            "--port",
            "0");
    builder.environment().put("QUIVER_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("QUIVER_CLASS_PATH", System.getProperty("java.class.path"));
    Process service = builder.redirectError(temporary.resolve("errors").toFile()).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      String address = address(said);
      assertThat(answer(address)).contains("north/kitchen.md").doesNotContain("south/");
    } finally {
      service.descendants().forEach(ProcessHandle::destroy);
      service.waitFor();
    }
  }

  private static String address(BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new AssertionError("The service ended without saying where it is");
  }

  /** Asks until the folder has been read so far. */
  private static String answer(String address) throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(address + "/api/ask"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"question\": \"where is soup served\", \"tenant\": \"north\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = "";
      for (int i = 0; i < 600 && !answer.contains("kitchen"); i++) {
        Thread.sleep(100);
        answer = client.send(question, HttpResponse.BodyHandlers.ofString()).body();
      }
      return answer;
    }
  }
}
