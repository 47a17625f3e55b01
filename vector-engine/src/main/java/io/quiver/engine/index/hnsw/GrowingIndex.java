package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.search.StopSignal;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A graph over the rows of a memtable that grows with them: rows are inserted in their order, and a
 * search walks over those that are in and scans the rest.
 *
 * <p>Searches take no lock, and find what the snapshot they belong to sees, however far the graph
 * has grown meanwhile. Walks read int8 codes, where codes serve at all.
 */
public final class GrowingIndex {
  private static final int ROOM_LEAST = 1024;

  /** Rows inserted before searches learn of them. */
  private static final int STEP = 64;

  /** The same where several threads insert. */
  private static final int STEP_OF_MANY = 256;

  private final VectorRows rows;
  private final IndexSpec.Hnsw spec;
  private final long seed;
  private final int threads;
  private final boolean coded;
  private final ReentrantLock growing = new ReentrantLock();
  private volatile @Nullable GraphRoom current;
  private volatile boolean open = true;
  private boolean broken;

  /**
   * An empty graph.
   *
   * @param rows of which those below a number can be read once a caller names that number
   * @param threads that insert at once where there is much to insert
   */
  public GrowingIndex(VectorRows rows, IndexSpec.Hnsw spec, long seed, int threads) {
    this.rows = rows;
    this.spec = spec;
    this.seed = seed;
    this.threads = Math.max(1, threads);
    this.coded = WalkCodes.resolve(spec.quantization(), spec.metric(), rows) != Quantization.NONE;
  }

  /** What it is over and for. */
  public IndexSpec.Hnsw spec() {
    return spec;
  }

  /** Rows, from the first on, that are in the graph. */
  public int linked() {
    GraphRoom room = current;
    return room == null ? 0 : room.linked();
  }

  /** Memory taken. */
  public long bytes() {
    GraphRoom room = current;
    return room == null ? 0 : room.bytes();
  }

  /** Whether rows are still inserted; if not, the rest is scanned. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Inserts rows up to before {@code to}, all of which can be read, as long as it is open. Who
   * calls meanwhile waits.
   *
   * @throws RuntimeException what {@code stop} threw; then the rest can be inserted later
   */
  public void insert(int to, StopSignal stop) {
    insert(to, true, stop);
  }

  /**
   * The same.
   *
   * @param wait whether to wait for others that insert; if not, nothing is done then
   */
  public void insert(int to, boolean wait, StopSignal stop) {
    if (wait) {
      growing.lock();
    } else if (!growing.tryLock()) {
      return;
    }
    try {
      insertLocked(to, stop);
    } finally {
      growing.unlock();
    }
  }

  private void insertLocked(int to, StopSignal stop) {
    while (linked() < to && open) {
      stop.check();
      try {
        GraphRoom room = room(to);
        int step = threads > 1 ? STEP_OF_MANY : STEP;
        room.insert(Math.min(Math.min(to, room.capacity()), room.linked() + step));
      } catch (RuntimeException | Error e) {
        // Rows half inserted cannot be told from others: what is linked stays, nothing is added.
        open = false;
        broken = true;
        throw e;
      }
    }
  }

  private GraphRoom room(int to) {
    GraphRoom room = current;
    if (room == null || room.linked() == room.capacity() || room.isStale()) {
      int wanted = room == null ? ROOM_LEAST : room.capacity();
      while (wanted < to || (room != null && room.linked() == wanted)) {
        wanted *= 2;
      }
      room = new GraphRoom(rows, new FirstRows(rows, to), spec, seed, threads, coded, wanted, room);
      current = room;
    }
    return room;
  }

  /**
   * The graph, for that of a new segment to begin with; from here on no more rows are inserted.
   *
   * @param newRows for each row its number in the new segment, -1 where it is left out
   * @return null if there is none
   */
  public @Nullable FormerGraph former(int[] newRows) {
    growing.lock();
    try {
      open = false;
      GraphRoom room = current;
      return room == null || broken ? null : room.former(newRows);
    } finally {
      growing.unlock();
    }
  }

  /** A search among the first rows, as a snapshot sees them. */
  public DenseIndex over(int visible) {
    return query -> search(query, visible);
  }

  private NearestRows search(DenseQuery query, int visible) {
    GraphRoom room = current;
    if (room == null) {
      return new ExactIndex(rows, visible, spec.metric()).search(query);
    }
    HnswGraph.Extent seen = room.extent();
    int walked = Math.min(visible, seen.rows());
    NearestRows near = room.search(query, seen, walked);
    if (walked == visible) {
      return near;
    }
    NearestRows rest = new ExactIndex(rows, walked, visible, spec.metric()).search(query);
    // Those of the graph come first where distances are equal: they are older.
    return NearestRows.merge(near, rest, query.k());
  }
}
