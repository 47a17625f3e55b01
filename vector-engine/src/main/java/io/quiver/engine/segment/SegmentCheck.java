package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.SparseColumn;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files of one shard's segments are what was written, and agree with each other: every
 * byte, every key against its row, every link and posting of an index.
 */
public final class SegmentCheck {
  private static final String RESTORE = " Restore the database from a backup.";
  private static final String BUILT_AGAIN =
      " Delete this file: the next opening builds the index again from the rows.";

  private final FileStore files;
  private final long database;
  private final CollectionSchema schema;
  private final int shard;
  private final long position;
  private final Consumer<String> problems;

  /**
   * @param position of the last record in the log
   * @param problems told of each thing that is wrong, in a sentence with its remedy
   */
  public SegmentCheck(
      FileStore files,
      long database,
      CollectionSchema schema,
      int shard,
      long position,
      Consumer<String> problems) {
    this.files = files;
    this.database = database;
    this.schema = schema;
    this.shard = shard;
    this.position = position;
    this.problems = problems;
  }

  /** Checks the segments of the shard, each by itself and all together. */
  public void run(List<Manifest.SegmentEntry> entries) throws IOException {
    List<SealedSegment> whole = new ArrayList<>();
    try {
      for (Manifest.SegmentEntry entry : entries) {
        SealedSegment segment = check(entry);
        if (segment != null) {
          whole.add(segment);
        }
      }
      checkKeysOnce(whole);
    } finally {
      whole.forEach(Segment::release);
    }
  }

  /** Checks one segment, which is the caller's to release; null if its rows cannot be read. */
  @SuppressWarnings("MustBeClosedChecker") // closed with the segment's last lease
  private @Nullable SealedSegment check(Manifest.SegmentEntry entry) throws IOException {
    Arena arena = Arena.ofShared();
    SealedSegment segment = null;
    try {
      String path = SegmentPaths.rows(entry.id());
      SectionFile file = SectionFile.open(files, path, FileKind.ROWS, database, entry.id(), arena);
      List<String> damage = new ArrayList<>();
      file.verify(damage::add);
      damage.forEach(problems);
      segment = new SealedSegment(entry.id(), file, schema, arena);
      if (segment.rows() != entry.rows()) {
        problem(path, "has " + segment.rows() + " rows, the manifest says " + entry.rows());
      } else if (damage.isEmpty() && checkColumns(segment) && checkKeys(segment, path)) {
        if (entry.deletes() > 0) {
          new DeletesFile(files, database, segment)
              .check(SegmentPaths.deletes(segment.id(), entry.deletes()), problems);
        }
        if (entry.patches() > 0) {
          new PatchFile(files, database, segment, schema)
              .check(SegmentPaths.patches(segment.id(), entry.patches()), problems);
        }
        for (Manifest.IndexEntry index : entry.indexes()) {
          checkIndex(segment, index);
        }
        return segment;
      }
    } catch (CorruptDataException e) {
      problems.accept(e.getMessage());
    }
    if (segment == null) {
      arena.close();
    } else {
      segment.release();
    }
    return null;
  }

  private void problem(String path, String what) {
    problems.accept("File " + files.describe(path) + " " + what + "." + RESTORE);
  }

  private boolean checkColumns(SealedSegment segment) {
    boolean whole = true;
    for (ColumnSpec column : schema.columns()) {
      try {
        var _ = segment.stored(column.id());
      } catch (CorruptDataException e) {
        problems.accept(e.getMessage());
        whole = false;
      }
    }
    return whole;
  }

  /** The table of keys names every row once, under the key that the row's columns give. */
  private boolean checkKeys(SealedSegment segment, String path) {
    MemorySegment slots = segment.file().section(SegmentWriter.KEY_SLOTS);
    int named = 0;
    for (long at = 0; at < slots.byteSize(); at += Integer.BYTES) {
      int row = slots.get(SealedSegment.INT, at) - 1;
      if (row < -1 || row >= segment.rows()) {
        problem(path, "names row " + row + " in its table of keys, of " + segment.rows());
        return false;
      }
      named += row >= 0 ? 1 : 0;
    }
    if (named != segment.rows()) {
      problem(path, "has " + named + " keys for " + segment.rows() + " rows");
      return false;
    }
    for (int row = 0; row < segment.rows(); row++) {
      String wrong = wrongKey(segment, row);
      if (wrong != null) {
        problem(path, "has row " + row + ", which " + wrong);
        return false;
      }
    }
    return true;
  }

  private @Nullable String wrongKey(SealedSegment segment, int row) {
    Object[] values = segment.keyValues(row);
    RowKey key = RowKey.of(values);
    if (segment.keyHash(row) != key.hash()) {
      return "has another key than its hash says";
    }
    if (segment.newest(key) != row) {
      return "its key does not lead to";
    }
    if (Sharding.shard(schema, values, key) != shard) {
      return "belongs to another shard";
    }
    long writtenAt = segment.writtenAt(row);
    if (writtenAt < 1 || writtenAt > position) {
      return "was written at position " + writtenAt + " of a log that ends at " + position;
    }
    return null;
  }

  private void checkIndex(SealedSegment segment, Manifest.IndexEntry entry) throws IOException {
    String path = SegmentPaths.index(segment.id(), entry.file());
    String name = "Index \"" + entry.spec().name() + "\" in file " + files.describe(path);
    Optional<FirstUse<Column>> column = IndexFiles.column(segment, schema, entry.spec());
    if (column.isEmpty()) {
      return;
    }
    try {
      SectionFile file = new IndexFiles(files, database).open(path, segment);
      List<String> damage = new ArrayList<>();
      file.verify(damage::add);
      if (damage.isEmpty()) {
        verify(IndexFiles.read(file, entry.spec(), column.get().get()), column.get().get());
      }
      damage.forEach(what -> problems.accept(name + " is damaged: " + what + BUILT_AGAIN));
    } catch (CorruptDataException e) {
      problems.accept(name + " is damaged: " + e.getMessage() + BUILT_AGAIN);
    }
  }

  private static void verify(SegmentIndex index, Column column) {
    switch (index) {
      case SegmentIndex.Graph graph -> {
        graph.index().verify();
        graph.tenants().verify();
      }
      case SegmentIndex.Lists lists -> lists.index().verify((SparseColumn) column);
      case SegmentIndex.Candidates candidates -> candidates.index().verify();
      case SegmentIndex.Payload payload -> payload.index().verify();
    }
  }

  /** No key has two rows that are not deleted. */
  private void checkKeysOnce(List<SealedSegment> segments) {
    for (int i = 1; i < segments.size(); i++) {
      SealedSegment segment = segments.get(i);
      for (int row = 0; row < segment.rows(); row++) {
        if (segment.deletions().deletedAt(row) == 0) {
          RowKey key = RowKey.of(segment.keyValues(row));
          for (SealedSegment other : segments.subList(0, i)) {
            int twin = other.newest(key);
            if (twin >= 0 && other.deletions().deletedAt(twin) == 0) {
              problem(
                  SegmentPaths.rows(segment.id()),
                  "has row "
                      + row
                      + ", whose key row "
                      + twin
                      + " of segment "
                      + other.id()
                      + " has too");
              return;
            }
          }
        }
      }
    }
  }
}
