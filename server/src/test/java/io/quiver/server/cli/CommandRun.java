package io.quiver.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a command of {@code bin/quiver} did.
 *
 * @param status its exit code
 * @param out what it wrote to standard output
 * @param errors what it wrote to standard error
 */
record CommandRun(int status, String out, String errors) {
  private static final Pattern PROGRESS = Pattern.compile("(?m)^Importing .*\\R");

  static CommandRun of(String... arguments) {
    return withInput("", arguments);
  }

  /** Runs a command in this process, as if it stood in a pipe. */
  static CommandRun withInput(String input, String... arguments) {
    PrintStream console = System.out;
    PrintStream consoleErrors = System.err;
    InputStream keyboard = System.in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, UTF_8);
        PrintStream errorStream = new PrintStream(errors, true, UTF_8)) {
      System.setOut(outStream);
      System.setErr(errorStream);
      System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
      int status =
          QuiverCommand.commandLine()
              .setOut(new PrintWriter(outStream, true, UTF_8))
              .setErr(new PrintWriter(errorStream, true, UTF_8))
              .execute(arguments);
      return new CommandRun(status, out.toString(UTF_8), errors.toString(UTF_8));
    } finally {
      System.setOut(console);
      System.setErr(consoleErrors);
      System.setIn(keyboard);
    }
  }

  /** Standard output without the progress bars, whose times differ. */
  List<String> linesWithoutProgress() {
    return PROGRESS.matcher(out).replaceAll("").lines().toList();
  }
}
