package io.quiver.engine.io;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies of what is read at random, in memory of 2 MiB pages: a processor keeps the addresses of a
 * few thousand pages at hand, and looks for those of others at the cost of a cache miss or two. The
 * kernel gives such pages on request ({@code madvise} on Linux); files it maps in pages of 4 KiB.
 *
 * <p>Where the platform has none, native access is not enabled, or memory is short, the original is
 * used in place of a copy: {@link #held} tells. Safe for use by many threads.
 */
@SuppressWarnings("restricted") // Nothing restricted is called where it is not allowed.
public final class HugePages {
  /**
   * Names the system property that says how many bytes the copies of this process may take
   * together, 0 for none; a quarter of the machine's memory, or of its container's, if not given.
   */
  public static final String LIMIT = "quiver.hugePages";

  private static final MachineMemory MEMORY = new MachineMemory();

  private static final HugePages SHARED = new HugePages(Kernel.find(), limit());

  private static final long PAGE = 2L << 20;

  private final @Nullable Kernel kernel;
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  HugePages(@Nullable Kernel kernel, long limit) {
    this.kernel = kernel;
    this.limit = limit;
  }

  /** Those of this process. */
  public static HugePages shared() {
    return SHARED;
  }

  /** Bytes of all copies there are. */
  public long held() {
    return held.get();
  }

  /**
   * A copy in huge pages that lives as long as the arena, read-only; the original where it is
   * smaller than a page, or there can be no copy.
   */
  public MemorySegment copyOf(MemorySegment original, Arena arena) {
    long bytes = original.byteSize();
    if (kernel == null || bytes < PAGE || !reserve(bytes)) {
      return original;
    }
    MemorySegment room = bytes <= MEMORY.available() / 2 ? kernel.map(bytes + PAGE) : null;
    if (room == null) {
      held.addAndGet(-bytes);
      return original;
    }
    Kernel mapped = kernel;
    MemorySegment owned =
        room.reinterpret(
            arena,
            memory -> {
              mapped.unmap(memory);
              held.addAndGet(-bytes);
            });
    MemorySegment copy = owned.asSlice(-owned.address() & (PAGE - 1), bytes);
    copy.copyFrom(original);
    return copy.asReadOnly();
  }

  private boolean reserve(long bytes) {
    if (held.addAndGet(bytes) <= limit) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  private static long limit() {
    Long given = Long.getLong(LIMIT);
    return given == null ? MEMORY.all() / 4 : given;
  }

  /** The three calls of the kernel. */
  static final class Kernel {
    private static final int READ_AND_WRITE = 3;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final int HUGE = 14;
    private static final long FAILED = -1;

    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle madvise;

    private Kernel(Linker linker, SymbolLookup names) {
      ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
      ValueLayout.OfInt number = ValueLayout.JAVA_INT;
      this.mmap =
          linker.downcallHandle(
              names.findOrThrow("mmap"),
              FunctionDescriptor.of(size, size, size, number, number, number, size));
      this.munmap =
          linker.downcallHandle(
              names.findOrThrow("munmap"), FunctionDescriptor.of(number, size, size));
      this.madvise =
          linker.downcallHandle(
              names.findOrThrow("madvise"), FunctionDescriptor.of(number, size, size, number));
    }

    /** Those of Linux on a processor of 64 bits; null elsewhere, or where Java may not call. */
    static @Nullable Kernel find() {
      boolean linux = System.getProperty("os.name", "").equals("Linux");
      if (!linux
          || ValueLayout.ADDRESS.byteSize() != Long.BYTES
          || !HugePages.class.getModule().isNativeAccessEnabled()) {
        return null;
      }
      Linker linker = Linker.nativeLinker();
      return new Kernel(linker, linker.defaultLookup());
    }

    /** Fresh memory for which huge pages were asked; null if it was refused. */
    @Nullable MemorySegment map(long bytes) {
      try {
        long address =
            (long) mmap.invokeExact(0L, bytes, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
        if (address == FAILED) {
          return null;
        }
        if ((int) madvise.invokeExact(address, bytes, HUGE) != 0) {
          int _ = (int) munmap.invokeExact(address, bytes);
          return null;
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
      } catch (Throwable e) {
        throw new LinkageError("A call of the kernel failed", e);
      }
    }

    void unmap(MemorySegment memory) {
      try {
        int _ = (int) munmap.invokeExact(memory.address(), memory.byteSize());
      } catch (Throwable e) {
        throw new LinkageError("A call of the kernel failed", e);
      }
    }
  }
}
