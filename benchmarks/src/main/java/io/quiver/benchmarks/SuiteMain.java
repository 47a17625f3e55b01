package io.quiver.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.benchmarks.suite.Findings;
import io.quiver.benchmarks.suite.Suite;
import java.io.File;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process of one suite: reads its settings, runs it, writes its result. */
public final class SuiteMain {
  private SuiteMain() {}

  /**
   * Runs a suite.
   *
   * @param arguments the file of settings and the file for the result, both JSON
   */
  public static void main(String[] arguments) throws Exception {
    // Peers announce how they compute with; the report says it.
    Logger.getLogger("").setLevel(Level.SEVERE);
    ObjectMapper json = new ObjectMapper();
    Settings settings = json.readValue(new File(arguments[0]), Settings.class);
    Findings findings = new Findings();
    Suite.valueOf(settings.suite().toUpperCase(Locale.ROOT)).run(settings, findings);
    File part = new File(arguments[1] + ".part");
    json.writerWithDefaultPrettyPrinter().writeValue(part, findings.result(settings));
    if (!part.renameTo(new File(arguments[1]))) {
      throw new IllegalStateException("The result cannot be written to " + arguments[1]);
    }
    // Peers leave threads behind that are not daemons.
    System.exit(0);
  }
}
