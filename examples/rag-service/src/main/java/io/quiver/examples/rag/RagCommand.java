package io.quiver.examples.rag;

import io.quiver.server.cli.CommandFailure;
import io.quiver.server.cli.DatabaseArgument;
import io.quiver.server.cli.SubCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quiver rag}: the service, or how good its retrieval is. */
@Command(
    name = "rag",
    description = {
      "Answer questions from a folder of text, on a page of your own machine.",
      "Each folder in it is a tenant. The model runs in this process."
    })
public final class RagCommand implements SubCommand {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The texts, Markdown or plain; by default Quiver's own docs.")
  private @Nullable Path data;

  @Option(
      names = "--dir",
      paramLabel = "STORE",
      description = "The database's directory; by default quiver-rag in the temporary folder.")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "quiver-rag");

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A server instead: jdbc:quiver://host:port/schema?user=u&password=p")
  private @Nullable String server;

  @Option(names = "--port", paramLabel = "P", description = "Port of the page: 8080.")
  private int port = 8080;

  @Option(
      names = "--quality",
      paramLabel = "CRANFIELD",
      description = "Print the nDCG@10 of each step on the Cranfield collection in this folder.")
  private @Nullable Path quality;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    if (quality != null) {
      if (!Files.exists(quality.resolve("qrels.jsonl"))) {
        throw new CommandFailure("There is no Cranfield collection in " + quality);
      }
      new CranfieldQuality(quality).measure("jdbc:quiver::memory:").print(System.out);
      return 0;
    }
    String url = server == null ? DatabaseArgument.url(directory.toString()) : server;
    Path folder = data == null ? Path.of(System.getProperty("quiver.home", "."), "docs") : data;
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure("There is no folder " + folder);
    }
    ConfigurableApplicationContext context = start(url, folder, port);
    System.out.println("Database  " + url.replaceAll("password=[^&]*", "password=***"));
    System.out.println("Texts     " + folder);
    System.out.println("Ask at    " + address(context));
    CountDownLatch stopped = new CountDownLatch(1);
    context.addApplicationListener(
        event -> {
          if (event instanceof org.springframework.context.event.ContextClosedEvent) {
            stopped.countDown();
          }
        });
    stopped.await();
    return 0;
  }

  /** Where the page is. */
  static String address(ConfigurableApplicationContext context) {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Starts the service on this machine's own address. */
  static ConfigurableApplicationContext start(String url, Path folder, int port) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("spring.datasource.url", url);
    settings.put("rag.folder", folder.toString());
    settings.put("server.port", port);
    SpringApplication application = new SpringApplication(RagService.class);
    application.setDefaultProperties(settings);
    return application.run();
  }
}
