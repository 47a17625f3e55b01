package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rows whose first reader waits for others to read as well, so that all who do are known. */
final class MetRows implements VectorRows {
  /** Only who waits in vain waits so long. */
  private static final long PATIENCE_SECONDS = 60;

  private final VectorRows all;
  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch expected = new CountDownLatch(0);

  MetRows(VectorRows all) {
    this.all = all;
  }

  /** From now on readers wait until they are so many. */
  void expect(int count) {
    readers.clear();
    expected = new CountDownLatch(count);
  }

  /** Who has read since. */
  Set<Thread> readers() {
    return Set.copyOf(readers);
  }

  @Override
  public MemorySegment chunk(int chunk) {
    CountDownLatch others = expected;
    if (others.getCount() > 0) {
      if (readers.add(Thread.currentThread())) {
        others.countDown();
      }
      try {
        if (!others.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          expected = new CountDownLatch(0);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return all.chunk(chunk);
  }

  @Override
  public int rows() {
    return all.rows();
  }

  @Override
  public boolean isNull(int row) {
    return all.isNull(row);
  }

  @Override
  public int dimension() {
    return all.dimension();
  }

  @Override
  public VectorElement element() {
    return all.element();
  }

  @Override
  public int stride() {
    return all.stride();
  }

  @Override
  public int chunkShift() {
    return all.chunkShift();
  }

  @Override
  public float inverseNorm(int row) {
    return all.inverseNorm(row);
  }
}
