package io.quiver.server.cli;

import picocli.CommandLine.Command;

/** {@code quiver import}: loads a file into a table. */
@Command(name = "import", description = "Load a JSONL, CSV, fvecs or npy file into a table.")
final class ImportCommand implements SubCommand {
  @Override
  public Integer call() {
    throw new CommandFailure("Import is not there yet");
  }
}
