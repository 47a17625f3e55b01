package io.quiver.server.cli;

import picocli.CommandLine.Command;

/**
 * {@code quiver classpath}, so that help lists it.
 *
 * <p>{@code bin/quiver} answers it before a virtual machine is started, since only the build knows
 * which jars the embedded driver alone needs; what this prints is the path it runs on itself.
 */
@Command(
    name = "classpath",
    description = "Print the class path of the embedded driver, for programs outside Maven.")
final class ClassPathCommand implements SubCommand {
  @Override
  public Integer call() {
    System.out.println(System.getProperty("java.class.path"));
    return 0;
  }
}
