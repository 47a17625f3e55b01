package io.quiver.server.cli;

import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
  // A reference is kept so that the level set on it is not lost with the logger.
  private static final Logger PARQUET = Logger.getLogger("dev.hardwood");

  private QuiverCommand() {}

  public static void main(String[] arguments) {
    int status = commandLine().execute(arguments);
    System.out.flush();
    System.exit(status);
  }

  /** The command line with every sub-command there is, ready to execute. */
  static CommandLine commandLine() {
    // The reader of Parquet files tells by which instructions it works.
    PARQUET.setLevel(Level.WARNING);
    CommandLine line = new CommandLine(new QuiverCommand());
    for (SubCommand command : ServiceLoader.load(SubCommand.class)) {
      line.addSubcommand(command);
    }
    FromSources.addTo(line);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
    offerHelp(line.getCommandSpec());
    line.getSubcommands().values().forEach(command -> offerHelp(command.getCommandSpec()));
    line.setExecutionExceptionHandler(new FailureReport());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static void offerHelp(CommandSpec command) {
    if (!command.optionsMap().containsKey("--help")) {
      command.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Tell how the command is used.")
              .build());
    }
  }
}
