package io.quiver.server.cli;

import picocli.CommandLine.Command;

/** {@code quiver version}. */
@Command(name = "version", description = "Print the version of Quiver and of the Java it runs on.")
final class VersionCommand implements SubCommand {
  @Override
  public Integer call() {
    System.out.println(new ProductVersion().getVersion()[0]);
    return 0;
  }
}
