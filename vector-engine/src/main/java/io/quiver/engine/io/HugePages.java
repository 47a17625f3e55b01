package io.quiver.engine.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
@SuppressWarnings("restricted") // Only where there is a kernel to call.
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
}
