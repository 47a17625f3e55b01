package io.quiver.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one suite in a virtual machine of its own, so that no suite inherits what another taught the
 * compiler; all contenders of the suite share that one.
 *
 * @param heap for all of them, as -Xmx says it
 * @param recording where a flight recording goes, null for none
 */
record SuiteProcess(Settings settings, String heap, @Nullable Path recording) {
  /** The flags bin/quiver sets. */
  private static final List<String> FLAGS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0");

  /** Properties that say where peers are that are not ours to bring. */
  private static final List<String> PEERS = List.of("pg.url", "hnswlib.library");

  /** Runs and waits; true if the result was written. */
  boolean run(Path result) throws IOException, InterruptedException {
    Path work = Path.of(settings.work());
    if (Files.exists(work)) {
      // Of a run that was broken off.
      delete(work);
    }
    Files.createDirectories(work);
    Path told = work.resolve("settings.json");
    new ObjectMapper().writeValue(told.toFile(), settings);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (settings.flags()) {
      command.addAll(FLAGS);
    }
    command.add("-Xmx" + heap);
    if (recording != null) {
      command.add(
          "-XX:StartFlightRecording=settings=profile,filename="
              + recording
              + ",jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=1ms");
      command.add("-XX:+UnlockDiagnosticVMOptions");
      command.add("-XX:+DebugNonSafepoints");
    }
    for (String peer : PEERS) {
      String where = System.getProperty(peer, "");
      if (!where.isEmpty()) {
        command.add("-D" + peer + "=" + where);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SuiteMain.class.getName());
    command.add(told.toString());
    command.add(result.toString());
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    delete(work);
    return status == 0 && Files.exists(result);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
