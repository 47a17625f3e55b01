package io.quiver.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells newcomers to copy answers a question, in the process and over a server. */
class FirstAnswersTest {
  private static final List<String> TEXTS =
      List.of(
          "A write is acknowledged once the log is on the disk.",
          "The kitchen opens at noon and serves soup.");

  @TempDir Path folder;

  private String url(boolean served) {
    return served ? DatabaseUnderTest.ofItsOwn() : "jdbc:quiver:" + folder.resolve("data");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void springAi(boolean served) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SpringAiAnswer.main(
          new String[] {
            "--spring.datasource.url=" + url(served),
            // The Java Persistence API is on this class path for the sake of others.
            "--spring.autoconfigure.exclude="
                + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
          });
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(TEXTS.get(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void langChain4j(boolean served) {
    String url = url(served);
    assertThat(LangChain4jAnswer.answer(url, TEXTS, "when is lunch")).isEqualTo(TEXTS.get(1));
    assertThat(LangChain4jAnswer.answer(url, TEXTS, "is my data safe")).isEqualTo(TEXTS.get(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hibernate(boolean served) {
    var miniLm = new AllMiniLmL6V2EmbeddingModel();
    assertThat(
            HibernateAnswer.answer(
                url(served),
                text -> miniLm.embed(text).content().vector(),
                TEXTS,
                "is my data safe"))
        .isEqualTo(TEXTS.get(0));
  }

  @Test
  void theReadmeTellsTheConfigurationThatIsUsed() throws Exception {
    Path root = Path.of(System.getProperty("quiver.root"));
    String used =
        Files.readString(
            root.resolve("examples/frameworks/src/main/resources/application.properties"));
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```properties\n" + used + "```");
  }
}
