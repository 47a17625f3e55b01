package io.quiver.engine.io;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Calls of the kernel about memory that Java itself does not offer. Safe for all threads. */
@SuppressWarnings("restricted") // Nothing restricted is called where it is not allowed.
final class Kernel {
  private static final int READ_AND_WRITE = 3;
  private static final int PRIVATE_AND_ANONYMOUS = 0x22;
  private static final long FAILED = -1;

  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle madvise;
  private final MethodHandle mincore;
  private final long pageBytes;

  /** What {@code madvise} may be told. */
  enum Advice {
    /** Reads come here and there: of what is not in memory, only those pages are fetched. */
    RANDOM(1),
    /** All of it will be read: fetching starts now. */
    SOON(3),
    /** Pages may be as large as there are. */
    HUGE(14);

    private final int number;

    Advice(int number) {
      this.number = number;
    }
  }

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
    this.mincore =
        linker.downcallHandle(
            names.findOrThrow("mincore"),
            FunctionDescriptor.of(number, size, size, ValueLayout.ADDRESS),
            Linker.Option.critical(true));
    try {
      MethodHandle pages =
          linker.downcallHandle(names.findOrThrow("getpagesize"), FunctionDescriptor.of(number));
      this.pageBytes = (int) pages.invokeExact();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** That of Linux on a processor of 64 bits; null elsewhere, or where Java may not call. */
  static @Nullable Kernel find() {
    return Found.KERNEL;
  }

  /** Its calls are bound once, when first asked for. */
  private static final class Found {
    static final @Nullable Kernel KERNEL = look();

    private static @Nullable Kernel look() {
      boolean linux = System.getProperty("os.name", "").equals("Linux");
      if (!linux
          || ValueLayout.ADDRESS.byteSize() != Long.BYTES
          || !Kernel.class.getModule().isNativeAccessEnabled()) {
        return null;
      }
      Linker linker = Linker.nativeLinker();
      return new Kernel(linker, linker.defaultLookup());
    }
  }

  /** Fresh memory for which huge pages were asked; null if it was refused. */
  @Nullable MemorySegment map(long bytes) {
    try {
      long address =
          (long) mmap.invokeExact(0L, bytes, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
      if (address == FAILED) {
        return null;
      }
      MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(bytes);
      if (advise(memory, Advice.HUGE)) {
        return memory;
      }
      unmap(memory);
      return null;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void unmap(MemorySegment memory) {
    try {
      int _ = (int) munmap.invokeExact(memory.address(), memory.byteSize());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Tells how memory will be used, and all else of its first and last page; whether it heeds. */
  boolean advise(MemorySegment memory, Advice advice) {
    long from = page(memory.address());
    try {
      long bytes = memory.address() + memory.byteSize() - from;
      return (int) madvise.invokeExact(from, bytes, advice.number) == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Whether the page of an address is in memory, if the kernel tells; true if not. */
  boolean isResident(long address) {
    byte[] state = new byte[1];
    try {
      int failed = (int) mincore.invokeExact(page(address), 1L, MemorySegment.ofArray(state));
      return failed != 0 || (state[0] & 1) != 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The first address of the page of another. */
  private long page(long address) {
    return address & -pageBytes;
  }

  private static LinkageError failed(Throwable cause) {
    return new LinkageError("A call of the kernel failed", cause);
  }
}
