package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The database as one statement of a transaction sees it. */
final class TransactionSnapshot implements Snapshot {
  private final VectorEngine engine;
  private final EngineSnapshot base;
  private final Map<Long, Overlay.Prefix> prefixes;
  private final long overlayPosition;
  private final Map<Long, CollectionView> views = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over the snapshot and the leases on the prefixes' memtables. */
  TransactionSnapshot(
      VectorEngine engine,
      EngineSnapshot base,
      Map<Long, Overlay.Prefix> prefixes,
      long overlayPosition) {
    this.engine = engine;
    this.base = base;
    this.prefixes = prefixes;
    this.overlayPosition = overlayPosition;
  }

  @Override
  public long position() {
    return base.position();
  }

  /**
   * The collection with this id.
   *
   * @throws WriteConflictException if it was defined anew since the transaction began, so that
   *     statements planned now do not fit it as it was then
   */
  @Override
  public CollectionView collection(long id) {
    if (closed.get()) {
      throw new IllegalStateException("The snapshot is closed");
    }
    return views.computeIfAbsent(id, this::view);
  }

  private CollectionView view(long id) {
    checkSchema(engine, base, id);
    Overlay.Prefix prefix = prefixes.get(id);
    return prefix == null ? base.collection(id) : Overlay.view(base, id, prefix, overlayPosition);
  }

  static void checkSchema(VectorEngine engine, EngineSnapshot base, long id) {
    CollectionLayout then = base.state().layout().collections().get(id);
    @Nullable CollectionSchema now = engine.currentSchema(id);
    if (then == null && now != null) {
      throw new WriteConflictException(
          "Collection " + now.name() + " was made after the transaction began");
    }
    if (then != null && !then.schema().equals(now)) {
      throw new WriteConflictException(
          "Collection "
              + then.schema().name()
              + (now == null ? " was dropped" : " was redefined")
              + " after the transaction began");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      prefixes.values().forEach(prefix -> prefix.memtable().release());
      base.close();
    }
  }
}
