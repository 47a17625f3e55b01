package io.quiver.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A command that is not on the class path, so that help lists it and says where it is.
 *
 * <p>{@code bin/quiver} starts the real one from the sources, since it brings Lucene, DuckDB,
 * Spring Boot and others that nothing else needs.
 */
@Command
final class FromSources implements SubCommand {
  private final String name;

  private FromSources(String name) {
    this.name = name;
  }

  /** Adds each of these commands that a command line does not have. */
  static void addTo(CommandLine line) {
    add(line, "rag", "Answer questions from a folder of text, on a page of your own machine");
    add(line, "bench", "Measure Quiver beside Lucene, JVector, H2 and DuckDB");
    add(line, "load", "Search a server from many connections at once");
  }

  private static void add(CommandLine line, String name, String description) {
    if (!line.getSubcommands().containsKey(name)) {
      CommandLine command = new CommandLine(new FromSources(name));
      command.getCommandSpec().usageMessage().description(description + "; from the sources only.");
      command.setUnmatchedArgumentsAllowed(true); // Those of the real one.
      line.addSubcommand(name, command);
    }
  }

  @Override
  public Integer call() {
    throw new CommandFailure(
        "quiver %s is not part of this installation.%nRemedy: clone the sources and run bin/quiver %s there."
            .formatted(name, name));
  }
}
