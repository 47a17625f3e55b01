package io.quiver.engine.io;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Tells the kernel how mapped bytes will be read. Of a mapped file that is not in memory it fetches
 * more than was asked for, up to megabytes about each page, since most programs read on from there;
 * where reads come here and there and memory is short, that pushes out what is needed.
 *
 * <p>Only advice: without a kernel that takes it, bytes are read as before. Safe for all threads.
 */
public final class ReadAdvice {
  /** Bytes up to which a piece is fetched page by page about as fast as at once. */
  public static final int SMALL = 16 << 10;

  /** Less is fetched at once whatever is said. */
  private static final long LEAST = 1 << 20;

  /** Pages looked at to see whether a stretch is in memory. */
  private static final int PROBES = 4;

  private static final @Nullable Kernel KERNEL = Kernel.find();

  private ReadAdvice() {}

  /**
   * Small pieces of it will be read here and there. Reading all of it in order is slow from here on
   * unless it is announced by {@link #inOrder}.
   */
  public static void atRandom(MemorySegment bytes) {
    if (KERNEL != null && bytes.isMapped() && bytes.byteSize() >= LEAST) {
      boolean _ = KERNEL.advise(bytes, Kernel.Advice.RANDOM);
    }
  }

  /** All of it will be read soon: fetches what is not in memory, without waiting for it. */
  public static void inOrder(MemorySegment bytes) {
    if (KERNEL == null || !bytes.isMapped() || bytes.byteSize() == 0) {
      return;
    }
    // Advice costs as much as scanning a page does, for each page there is: only if some are not.
    long apart = bytes.byteSize() / PROBES;
    for (int i = 0; i < PROBES; i++) {
      if (!KERNEL.isResident(bytes.address() + i * apart)) {
        boolean _ = KERNEL.advise(bytes, Kernel.Advice.SOON);
        return;
      }
    }
  }
}
