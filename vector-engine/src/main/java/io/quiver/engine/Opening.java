package io.quiver.engine;

import io.quiver.engine.io.DatabaseLock;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.DefinitionRecord;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.log.LogRecord;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.manifest.ManifestStore;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.segment.SegmentFiles;
import io.quiver.engine.segment.SegmentPaths;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings a database up: the newest manifest, the segments it names, then the log after them. The
 * same way whether it was closed or its power was cut, and harmless if cut short itself.
 */
final class Opening {
  private static final String LOG = "log";

  private final FileStore files;
  private final EngineOptions options;
  private final LogSubscriber subscriber;
  private final long logFileBytes;

  /** A database brought up. */
  record Opened(
      Closeable lock,
      FileWriteLog log,
      Manifest manifest,
      StateWriter state,
      AtomicLong collectionIds,
      AtomicLong segmentIds,
      Map<Long, InFiles> inFiles) {}

  /**
   * What files hold of a segment beside its rows.
   *
   * @param patchedAt position of the last patch, as it was read
   */
  record InFiles(int deletions, long patchedAt) {}

  Opening(FileStore files, EngineOptions options, LogSubscriber subscriber, long logFileBytes) {
    this.files = files;
    this.options = options;
    this.subscriber = subscriber;
    this.logFileBytes = logFileBytes;
  }

  Opened open() throws IOException {
    refuseForeign();
    files.createDirectory("");
    Closeable lock = DatabaseLock.take(files, "opened");
    try {
      if (!files.exists(ManifestStore.CURRENT)) {
        create();
      }
      return recover(lock);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** Refuses a directory that holds anything but a database, finished or just begun. */
  private void refuseForeign() throws IOException {
    List<String> names = files.list("");
    if (names.isEmpty() || names.contains(ManifestStore.CURRENT)) {
      return;
    }
    for (String name : names) {
      boolean ours =
          Set.of(DatabaseLock.FILE, LOG, SegmentPaths.DIRECTORY).contains(name)
              || name.startsWith(ManifestStore.PREFIX)
              || name.startsWith(ManifestStore.CURRENT);
      if (!ours) {
        throw new CorruptDataException(
            "Directory "
                + files.describe("")
                + " is not a Quiver database: it holds "
                + name
                + ". Name an empty or a new directory.");
      }
    }
    boolean begun =
        files.list(SegmentPaths.DIRECTORY).isEmpty()
            && names.stream().filter(name -> name.startsWith(ManifestStore.PREFIX)).count() <= 1
            && FileWriteLog.isUnused(files);
    if (!begun) {
      throw new CorruptDataException(
          "Database "
              + files.describe("")
              + " has lost its file "
              + ManifestStore.CURRENT
              + ". Restore that file, or the database, from a backup.");
    }
  }

  /** Makes a database; one cut short is begun again, since nothing was committed to it. */
  private void create() throws IOException {
    FileWriteLog.discard(files);
    long database = SplitMix.next(options.seed() ^ System.nanoTime());
    files.createDirectory(SegmentPaths.DIRECTORY);
    FileWriteLog.create(files, database, 1);
    files.syncDirectory("");
    new ManifestStore(files).write(new Manifest(database, 1, 0, 0, 1, 1, new byte[0], List.of()));
  }

  private Opened recover(Closeable lock) throws IOException {
    Manifest manifest = new ManifestStore(files).read();
    SegmentFiles segmentFiles = new SegmentFiles(files, manifest.database());
    segmentFiles.removeAllBut(manifest);
    AtomicLong segmentIds = new AtomicLong(manifest.nextSegment());
    AtomicLong collectionIds = new AtomicLong(manifest.nextCollection());
    FileWriteLog log =
        FileWriteLog.open(files, manifest.database(), manifest.flushed(), logFileBytes);
    List<Segment> opened = new ArrayList<>();
    try {
      checkLog(log, manifest);
      Layout layout = layout(manifest, segmentFiles, segmentIds, opened);
      opened.forEach(Segment::release);
      Map<Long, InFiles> inFiles = new HashMap<>();
      for (Segment segment : layout.segments()) {
        long patchedAt = segment.patches().seen().position();
        inFiles.put(segment.id(), new InFiles(segment.deletions().count(), patchedAt));
      }
      StateWriter state =
          new StateWriter(
              layout, manifest.flushed(), segmentIds::getAndIncrement, options.deriver());
      subscriber.restore(manifest.catalog(), manifest.position());
      log.replay(
          manifest.flushed(),
          (position, record) -> replay(position, record, manifest, state, collectionIds));
      return new Opened(lock, log, manifest, state, collectionIds, segmentIds, inFiles);
    } catch (IOException | RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }

  private void checkLog(FileWriteLog log, Manifest manifest) {
    if (log.start() > manifest.flushed() || log.position() < manifest.position()) {
      throw new CorruptDataException(
          "Log "
              + files.describe(LOG)
              + " holds positions "
              + (log.start() + 1)
              + " to "
              + log.position()
              + ", but "
              + (manifest.flushed() + 1)
              + " to "
              + manifest.position()
              + " at least are needed: files were removed or cut. Put them back, or restore the"
              + " database from a backup.");
    }
  }

  private Layout layout(
      Manifest manifest, SegmentFiles segmentFiles, AtomicLong ids, List<Segment> opened)
      throws IOException {
    Map<Long, CollectionLayout> collections = new HashMap<>();
    try {
      for (Manifest.CollectionEntry entry : manifest.collections()) {
        CollectionSchema schema = entry.schema();
        List<ShardLayout> shards = new ArrayList<>();
        for (Manifest.ShardEntry shard : entry.shards()) {
          List<SealedSegment> sealed = new ArrayList<>();
          for (Manifest.SegmentEntry segment : shard.segments()) {
            sealed.add(segmentFiles.open(segment, schema));
            opened.add(sealed.getLast());
          }
          Memtable active = new Memtable(ids.getAndIncrement(), schema);
          opened.add(active);
          shards.add(
              new ShardLayout(shard.flushed(), shard.forgotten(), sealed, List.of(), active));
        }
        collections.put(schema.id(), new CollectionLayout(schema, shards));
      }
      return new Layout(collections);
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(Segment::release);
      throw e;
    }
  }

  private void replay(
      long position,
      LogRecord record,
      Manifest manifest,
      StateWriter state,
      AtomicLong collectionIds) {
    switch (record.type()) {
      case COMMIT -> {
        state.apply(
            position, CommitRecord.decode(record.payload(), state.schemas(), options.deriver()));
        state.freeze(new SealPolicy(options.sealRows()));
      }
      case DEFINITION -> {
        if (position > manifest.position()) {
          Definition definition = DefinitionRecord.decode(record.payload());
          for (SchemaChange change : definition.changes()) {
            if (change instanceof SchemaChange.Create create) {
              collectionIds.accumulateAndGet(create.schema().id() + 1, Math::max);
            }
          }
          state.apply(position, definition.changes());
          subscriber.apply(position, definition.catalogRecord());
        } else {
          state.pass(position);
        }
      }
    }
  }
}
