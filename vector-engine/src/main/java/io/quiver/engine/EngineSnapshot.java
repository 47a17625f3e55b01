package io.quiver.engine;

import io.quiver.engine.segment.Segment;
import io.quiver.engine.write.ColumnDeriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** A state, with a lease on its layout until it is closed. */
final class EngineSnapshot implements Snapshot {
  private final EngineState state;
  private final ColumnDeriver deriver;
  private final ExecutorService searchers;
  private final Map<Long, SegmentedView> views = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a lease on the state's layout. */
  EngineSnapshot(EngineState state, ColumnDeriver deriver, ExecutorService searchers) {
    this.state = state;
    this.deriver = deriver;
    this.searchers = searchers;
  }

  EngineState state() {
    return state;
  }

  /** Another snapshot of the same state, to be closed by itself; this one is open. */
  EngineSnapshot again() {
    if (closed.get() || !state.layout().retain()) {
      throw new IllegalStateException("The snapshot is closed");
    }
    return new EngineSnapshot(state, deriver, searchers);
  }

  ColumnDeriver deriver() {
    return deriver;
  }

  ExecutorService searchers() {
    return searchers;
  }

  @Override
  public long position() {
    return state.position();
  }

  @Override
  public SegmentedView collection(long id) {
    if (closed.get()) {
      throw new IllegalStateException("The snapshot is closed");
    }
    return views.computeIfAbsent(id, this::view);
  }

  private SegmentedView view(long id) {
    CollectionLayout collection = state.layout().collections().get(id);
    if (collection == null) {
      throw new IllegalArgumentException(
          "There is no collection " + id + " at position " + state.position());
    }
    List<SegmentView> segments = new ArrayList<>();
    for (int shard = 0; shard < collection.shards().size(); shard++) {
      for (Segment segment : collection.shards().get(shard).segments()) {
        int ordinal = state.layout().ordinal(segment);
        if (state.rows()[ordinal] > 0) {
          segments.add(
              new SegmentView(
                  segment,
                  shard,
                  state.rows()[ordinal],
                  state.deletions()[ordinal],
                  state.patches()[ordinal],
                  state.position(),
                  collection.schema(),
                  deriver));
        }
      }
    }
    return new SegmentedView(collection.schema(), segments, searchers);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      state.layout().release();
    }
  }
}
