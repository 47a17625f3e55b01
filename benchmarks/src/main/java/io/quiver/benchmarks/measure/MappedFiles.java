package io.quiver.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the files in a folder this process has mapped, and what of them is in memory: also pages
 * that the kernel fetched beside those that were read. As Linux tells it.
 */
@SuppressWarnings("restricted") // Java has no other way to ask the kernel.
public final class MappedFiles {
  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Advice, to {@code madvise} and {@code posix_fadvise}, that pages are not needed. */
  private static final int NOT_NEEDED = 4;

  private static final int READ_ONLY = 0;

  private MappedFiles() {}

  /** The calls of the kernel, bound when first needed. */
  private static final class Calls {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final MethodHandle MADVISE = bind("madvise", LONG, LONG, INT);
    static final MethodHandle MINCORE = bind("mincore", LONG, LONG, ValueLayout.ADDRESS);
    static final MethodHandle OPEN = bind("open", ValueLayout.ADDRESS, INT);
    static final MethodHandle FADVISE = bind("posix_fadvise", INT, LONG, LONG, INT);
    static final MethodHandle CLOSE = bind("close", INT);
    static final int PAGE;

    static {
      try {
        PAGE = (int) bind("getpagesize").invokeExact();
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static MethodHandle bind(String name, MemoryLayout... arguments) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(INT, arguments));
    }
  }

  /** A stretch of memory that shows a part of a file. */
  public record Mapping(Path file, long address, long bytes) {
    /** Bytes of it in memory. */
    public long resident() {
      try (Arena arena = Arena.ofConfined()) {
        int pages = (int) ((bytes + Calls.PAGE - 1) / Calls.PAGE);
        MemorySegment states = arena.allocate(pages);
        check((int) Calls.MINCORE.invokeExact(address, bytes, states), "tell what is in memory");
        long resident = 0;
        for (byte state : states.toArray(ValueLayout.JAVA_BYTE)) {
          resident += state & 1;
        }
        return resident * Calls.PAGE;
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    /** Takes its pages from this process; they stay in memory until the file's are freed. */
    private void unmap() {
      try {
        check((int) Calls.MADVISE.invokeExact(address, bytes, NOT_NEEDED), "unmap pages");
      } catch (Throwable e) {
        throw failed(e);
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
    for (String line : Files.readAllLines(MAPS)) {
      int path = line.indexOf(" /");
      if (path >= 0 && line.startsWith(folder + "/", path + 1)) {
        int dash = line.indexOf('-');
        long from = Long.parseUnsignedLong(line.substring(0, dash), 16);
        long to = Long.parseUnsignedLong(line.substring(dash + 1, line.indexOf(' ')), 16);
        mappings.add(new Mapping(Path.of(line.substring(path + 1)), from, to - from));
      }
    }
    return mappings;
  }

  /** Frees all pages of a file: what is read next comes from the disk. */
  public static void free(Path file, List<Mapping> mappings) {
    mappings.stream().filter(mapping -> mapping.file().equals(file)).forEach(Mapping::unmap);
    try (Arena arena = Arena.ofConfined()) {
      int opened = (int) Calls.OPEN.invokeExact(arena.allocateFrom(file.toString()), READ_ONLY);
      check(opened < 0 ? opened : 0, "open " + file);
      int failed = (int) Calls.FADVISE.invokeExact(opened, 0L, 0L, NOT_NEEDED);
      check((int) Calls.CLOSE.invokeExact(opened), "close " + file);
      check(failed, "free pages of " + file);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static void check(int failed, String what) {
    if (failed != 0) {
      throw new IllegalStateException("The kernel does not " + what);
    }
  }

  private static IllegalStateException failed(Throwable cause) {
    return cause instanceof IllegalStateException known
        ? known
        : new IllegalStateException("The kernel could not be called", cause);
  }
}
