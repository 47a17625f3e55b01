package io.quiver.planner.write;

import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.sql.catalog.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers for identity columns, ascending, each given once. Shared by all threads.
 *
 * <p>Numbers are taken in blocks, whose end is committed before the first is given, so that none is
 * given again after a crash; what is left of a block when the database closes is left out. Blocks
 * double from 32 to 4096, so that seldom insertions leave small gaps and many cost few commits.
 */
final class Sequences {
  private static final int FIRST_BLOCK = 32;
  private static final int LARGEST_BLOCK = 4096;

  private final VectorEngine engine;
  private final Map<Column, Counter> counters = new ConcurrentHashMap<>();

  private record Column(long collection, int id) {}

  /** One column's numbers. */
  private static final class Counter {
    private long next = 1;
    private long end;
    private int block = FIRST_BLOCK;
  }

  Sequences(VectorEngine engine) {
    this.engine = engine;
  }

  /** The next number of a column. */
  long next(TableDefinition table, int columnId) {
    Counter counter = counter(table, columnId);
    synchronized (counter) {
      if (counter.next >= counter.end) {
        reserve(table, columnId, counter, counter.next);
      }
      return counter.next++;
    }
  }

  /** A number was given by a statement; what follows is larger. */
  void given(TableDefinition table, int columnId, long number) {
    Counter counter = counter(table, columnId);
    synchronized (counter) {
      if (number >= counter.next && number < Long.MAX_VALUE - LARGEST_BLOCK) {
        counter.next = number + 1;
        if (counter.next > counter.end) {
          reserve(table, columnId, counter, counter.next);
        }
      }
    }
  }

  private Counter counter(TableDefinition table, int columnId) {
    return counters.computeIfAbsent(
        new Column(table.sequences(), columnId), column -> restored(table, columnId));
  }

  private Counter restored(TableDefinition table, int columnId) {
    Counter counter = new Counter();
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView rows = snapshot.collection(table.sequences());
      long row = rows.find(new Object[] {columnId});
      if (row >= 0 && rows.value(row, 1) instanceof Long end) {
        counter.next = end;
        counter.end = end;
      }
    }
    return counter;
  }

  private void reserve(TableDefinition table, int columnId, Counter counter, long from) {
    long end = from + counter.block;
    WriteBatch batch = new WriteBatch(table.sequenceRows());
    batch.put(Expectation.ANY, new Object[] {columnId, end});
    engine.commit(List.of(batch), 0);
    counter.end = end;
    counter.block = Math.min(LARGEST_BLOCK, counter.block * 2);
  }
}
