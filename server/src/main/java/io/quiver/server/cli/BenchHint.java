package io.quiver.server.cli;

import picocli.CommandLine.Command;

/**
 * {@code quiver bench} where the benchmarks are not on the class path, so that help lists it.
 *
 * <p>{@code bin/quiver} starts the real one from the sources, since it brings Lucene, DuckDB and
 * others that nothing else needs.
 */
@Command(
    name = BenchHint.NAME,
    description = "Measure Quiver beside Lucene, JVector, H2 and DuckDB; from the sources only.")
final class BenchHint implements SubCommand {
  static final String NAME = "bench";

  @Override
  public Integer call() {
    throw new CommandFailure(
        "The benchmarks are not part of this installation. Clone the sources and run bin/quiver"
            + " bench there; docs/benchmarks.md says what it measures.");
  }
}
