package io.quiver.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code bin/quiver}, started as a user does, on the classes of this build.
 *
 * @param status its exit code
 * @param out what it wrote to standard output
 * @param errors what it wrote to standard error
 */
record Script(int status, String out, String errors) {
  private static final int LONGEST_SECONDS = 120;

  /** A process that runs it, not yet started. */
  static ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("quiver.root"), "bin", "quiver").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("QUIVER_JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("QUIVER_CLASS_PATH", System.getProperty("java.class.path"));
    return process;
  }

  /** Runs it to its end. */
  static Script run(String... arguments) throws IOException, InterruptedException {
    Process process = process(arguments).start();
    process.getOutputStream().close();
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("bin/quiver did not end: " + List.of(arguments));
    }
    return new Script(process.exitValue(), out, errors.join());
  }

  private static String text(java.io.InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
