package io.quiver.benchmarks;

import io.quiver.benchmarks.data.ClusteredVectors;
import io.quiver.benchmarks.data.DocsVectors;
import io.quiver.benchmarks.data.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one suite is told; handed to its process as JSON.
 *
 * @param suite name of a {@link io.quiver.benchmarks.suite.Suite}
 * @param generated whether the set is generated, docs60k otherwise
 * @param rows of the set
 * @param dimension of a generated set
 * @param data folder that holds docs60k
 * @param work folder for indexes, empty and the suite's own
 * @param cache folder of generated sets, kept between runs
 * @param kept folder of peers' indexes that later runs use again, empty to fill them anew
 * @param threads for building
 * @param flags whether the process has the flags that bin/quiver sets
 * @param contenders names of those to run, empty for all
 */
public record Settings(
    String suite,
    Scale scale,
    boolean generated,
    int rows,
    int dimension,
    long seed,
    String data,
    String work,
    String cache,
    String kept,
    int threads,
    boolean flags,
    List<String> contenders) {
  public Settings {
    contenders = List.copyOf(contenders);
  }

  /** Name of the set, also of the file of its results. */
  public String set() {
    return (generated ? "clustered-" + rows + "x" + dimension : "docs60k-" + rows)
        + (flags ? "" : "-no-flags");
  }

  /** Reads or generates the set, with as many queries as the scale wants. */
  public VectorSet vectors() throws IOException {
    if (generated) {
      return ClusteredVectors.generate(Path.of(cache), rows, dimension, scale.queries(), seed);
    }
    VectorSet all = DocsVectors.read(Path.of(data), rows);
    int queries = Math.min(scale.queries(), all.queries().length);
    return new VectorSet(all.name(), all.rows(), Arrays.copyOf(all.queries(), queries));
  }

  /** The same with another folder of its own. */
  public Settings inFolder(String name) {
    return new Settings(
        suite,
        scale,
        generated,
        rows,
        dimension,
        seed,
        data,
        folder(name).toString(),
        cache,
        kept,
        threads,
        flags,
        contenders);
  }

  /** A folder of this name in the suite's own. */
  public Path folder(String name) {
    return Path.of(work, name);
  }

  /** Whether this contender takes part. */
  public boolean wants(String contender) {
    return contenders.isEmpty()
        || contenders.stream().anyMatch(part -> contender.toLowerCase(Locale.ROOT).contains(part));
  }
}
