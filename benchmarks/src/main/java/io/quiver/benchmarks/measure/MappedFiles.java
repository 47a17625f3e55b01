package io.quiver.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of the files in a folder this process has mapped, and has in memory: as Linux tells it. */
@SuppressWarnings("restricted") // Java has no other way to advise the kernel.
public final class MappedFiles {
  private static final Path MAPS = Path.of("/proc/self/smaps");

  /** Advice to {@code madvise} to write out and free pages, since Linux 5.4. */
  private static final int PAGE_OUT = 21;

  private static final MethodHandle ADVISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("madvise"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT));

  private MappedFiles() {}

  /**
   * A stretch of memory that shows a file.
   *
   * @param resident bytes of it in memory
   */
  public record Mapping(Path file, long address, long bytes, long resident) {
    /** Frees its pages: what is read next comes from the disk. */
    public void pageOut() {
      int failed;
      try {
        failed = (int) ADVISE.invokeExact(address, bytes, PAGE_OUT);
      } catch (Throwable e) {
        throw new IllegalStateException("madvise could not be called", e);
      }
      if (failed != 0) {
        throw new IllegalStateException("The kernel does not page out " + file);
      }
    }
  }

  /** Whether the kernel tells. */
  public static boolean areTold() {
    return Files.exists(MAPS);
  }

  /** All mappings of files below a folder. */
  public static List<Mapping> below(Path folder) throws IOException {
    List<Mapping> mappings = new ArrayList<>();
    String range = "";
    String file = "";
    for (String line : Files.readAllLines(MAPS)) {
      if (line.startsWith("Rss:")) {
        if (file.startsWith(folder.toString())) {
          int dash = range.indexOf('-');
          long from = Long.parseUnsignedLong(range.substring(0, dash), 16);
          long to = Long.parseUnsignedLong(range.substring(dash + 1), 16);
          long resident = 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
          mappings.add(new Mapping(Path.of(file), from, to - from, resident));
        }
      } else if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        int path = line.indexOf(" /");
        file = path < 0 ? "" : line.substring(path + 1);
        range = line.substring(0, line.indexOf(' '));
      }
    }
    return mappings;
  }
}
