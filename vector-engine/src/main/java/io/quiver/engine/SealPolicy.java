package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Memtable;
import java.util.function.BiPredicate;

/** When a memtable has become large enough for a file of its own. */
record SealPolicy(int rows) implements BiPredicate<CollectionSchema, Memtable> {
  /** Memory a memtable may take, however few its rows. */
  private static final long BYTES = 256L << 20;

  @Override
  public boolean test(CollectionSchema schema, Memtable memtable) {
    return memtable.rows() >= rows || memtable.bytes() >= BYTES;
  }
}
