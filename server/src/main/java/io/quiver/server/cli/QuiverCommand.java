package io.quiver.server.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of the command line: {@code quiver COMMAND}. */
@Command(
    name = "quiver",
    description = "The vector database you talk to in SQL.",
    versionProvider = ProductVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SqlCommand.class,
      ServerCommand.class,
      ImportCommand.class,
      CheckCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ClassPathCommand.class,
      TrainCommand.class,
      VersionCommand.class,
      HelpCommand.class
    })
public final class QuiverCommand {
  private QuiverCommand() {}

  public static void main(String[] arguments) {
    int status = commandLine().execute(arguments);
    System.out.flush();
    System.exit(status);
  }

  /** The command line with every sub-command there is, ready to execute. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new QuiverCommand());
    for (SubCommand command : ServiceLoader.load(SubCommand.class)) {
      line.addSubcommand(command);
    }
    if (!line.getSubcommands().containsKey(BenchHint.NAME)) {
      line.addSubcommand(new BenchHint());
    }
    line.setExecutionExceptionHandler(new FailureReport());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
