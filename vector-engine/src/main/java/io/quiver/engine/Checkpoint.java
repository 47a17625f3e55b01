package io.quiver.engine;

import io.quiver.engine.backup.HeldFiles;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.manifest.ManifestStore;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Patches;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.SegmentFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes what the layout holds durable without the log: writes deletions and patches, swaps the
 * manifest, and only then removes files and log that nothing names any more.
 *
 * <p>The layout may run ahead of the manifest: until the manifest follows, the log still has it
 * all, so a crash between the two is harmless.
 */
final class Checkpoint {
  private final FileStore files;
  private final FileWriteLog log;
  private final CommitLoop commits;
  private final LogSubscriber subscriber;
  private final Opening.Opened opened;
  private final SegmentFiles segmentFiles;
  private final ManifestStore manifests;
  private final long openings;
  private Manifest current;
  private long lastNumber;
  private boolean owed;
  private volatile boolean openingRecorded;
  private final Map<Long, Written> written = new HashMap<>();

  /**
   * What files hold of a segment beside its rows.
   *
   * @param count deletions in the file of this version
   * @param patchedAt position of the last patch in the file of that version
   */
  private record Written(int count, long version, long patchedAt, long patchVersion) {}

  /** The state a manifest is made of, with a lease on its layout. */
  private record Captured(EngineState state, byte[] catalog) {}

  Checkpoint(FileStore files, Opening.Opened opened, CommitLoop commits, LogSubscriber subscriber) {
    this.files = files;
    this.log = opened.log();
    this.commits = commits;
    this.subscriber = subscriber;
    this.opened = opened;
    this.current = opened.manifest();
    this.lastNumber = current.number();
    this.openings = current.openings() + 1;
    this.segmentFiles = new SegmentFiles(files, current.database());
    this.manifests = new ManifestStore(files);
    for (Manifest.SegmentEntry entry : segments(current)) {
      // Deletions and patches that replaying the log added are not in the files yet.
      Opening.InFiles inFiles = opened.inFiles().get(entry.id());
      if (inFiles != null) {
        written.put(
            entry.id(),
            new Written(
                inFiles.deletions(), entry.deletes(), inFiles.patchedAt(), entry.patches()));
      }
    }
  }

  private static List<Manifest.SegmentEntry> segments(Manifest manifest) {
    return manifest.collections().stream()
        .flatMap(collection -> collection.shards().stream())
        .flatMap(shard -> shard.segments().stream())
        .toList();
  }

  /**
   * Whether a manifest must be written though no other work asks for it: the last one failed, or
   * the current one names segments that are gone from a layout, as after a drop.
   */
  synchronized boolean isBehind(Layout layout) {
    if (owed) {
      return true;
    }
    Set<Long> there = new HashSet<>();
    layout.segments().forEach(segment -> there.add(segment.id()));
    return segments(current).stream().anyMatch(entry -> !there.contains(entry.id()));
  }

  /** Whether a manifest says that there was this opening. */
  boolean isOpeningRecorded() {
    return openingRecorded;
  }

  /** Writes a manifest of the state there is. */
  synchronized void write() throws IOException {
    owed = true;
    Captured captured =
        commits.run(
            state -> {
              if (!state.layout().retain()) {
                throw new IllegalStateException("The writer's layout was released");
              }
              return new Captured(state.state(), subscriber.snapshot());
            });
    try {
      write(captured);
      owed = false;
    } finally {
      captured.state.layout().release();
    }
  }

  /** A database at a position of its log. */
  record Held(HeldFiles files, long position) implements Closeable {
    @Override
    public void close() throws IOException {
      files.close();
    }
  }

  /**
   * Opens the files that hold every commit up to now, so that they can be copied while the database
   * goes on. No manifest is written and no file deleted while they are opened.
   */
  synchronized Held hold() throws IOException {
    write();
    HeldFiles held = HeldFiles.segments(files, current);
    try {
      long position =
          commits.run(
              state -> {
                try {
                  held.addLog(files, log.extent(current.flushed()));
                  return log.position();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      return new Held(held, position);
    } catch (RuntimeException | Error e) {
      held.close();
      throw e;
    }
  }

  private void write(Captured captured) throws IOException {
    // A manifest that failed to be written may yet be the one a crash leaves: never write over it.
    long number = ++lastNumber;
    Map<Long, Written> writing = new HashMap<>();
    Manifest next =
        new Manifest(
            current.database(),
            number,
            captured.state.position(),
            openings,
            opened.collectionIds().get(),
            opened.segmentIds().get(),
            captured.catalog,
            collections(captured.state, number, writing));
    manifests.write(next);
    openingRecorded = true;
    Manifest previous = current;
    current = next;
    Map<Long, Written> before = Map.copyOf(written);
    written.clear();
    written.putAll(writing);
    removeUnnamed(previous, before);
    long flushed = next.flushed();
    commits.run(
        state -> {
          try {
            log.forget(flushed);
            return flushed;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private List<Manifest.CollectionEntry> collections(
      EngineState state, long number, Map<Long, Written> writing) throws IOException {
    List<Manifest.CollectionEntry> collections = new ArrayList<>();
    for (CollectionLayout collection : state.layout().collections().values()) {
      List<Manifest.ShardEntry> shards = new ArrayList<>();
      List<Long> flushedBefore = flushedBefore(collection.schema().id());
      for (ShardLayout shard : collection.shards()) {
        List<Manifest.SegmentEntry> entries = new ArrayList<>();
        for (SealedSegment segment : shard.sealed()) {
          int count = state.deletions()[state.layout().ordinal(segment)];
          long version = deletions(segment, count, number);
          Patches.Seen patches = state.patches()[state.layout().ordinal(segment)];
          long patchVersion = patches(segment, collection.schema(), patches, number);
          writing.put(segment.id(), new Written(count, version, patches.position(), patchVersion));
          segment.keepIndexes(collection.schema());
          List<Manifest.IndexEntry> indexes = new ArrayList<>();
          segment
              .indexFiles()
              .forEach((spec, file) -> indexes.add(new Manifest.IndexEntry(file, spec)));
          entries.add(
              new Manifest.SegmentEntry(
                  segment.id(), segment.rows(), version, patchVersion, indexes));
        }
        boolean allSealed =
            shard.frozen().isEmpty() && state.rows()[state.layout().ordinal(shard.active())] == 0;
        // A shard without rows to seal was flushed by the manifest before further than it knows
        // itself, and the log may be cut up to there: that must not be taken back.
        long before = flushedBefore.isEmpty() ? 0 : flushedBefore.get(shards.size());
        long flushed = allSealed ? state.position() : Math.max(before, shard.flushed());
        shards.add(new Manifest.ShardEntry(flushed, shard.forgotten(), entries));
      }
      collections.add(new Manifest.CollectionEntry(collection.schema(), shards));
    }
    return collections;
  }

  /**
   * How far the current manifest says the shards of a collection are flushed; none if it is new.
   */
  private List<Long> flushedBefore(long collection) {
    return current.collections().stream()
        .filter(entry -> entry.schema().id() == collection)
        .flatMap(entry -> entry.shards().stream())
        .map(Manifest.ShardEntry::flushed)
        .toList();
  }

  /** Version of the file with a segment's deletions, written now if none has these; 0 for none. */
  private long deletions(SealedSegment segment, int count, long number) throws IOException {
    Written known = written.get(segment.id());
    if (count == 0) {
      return 0;
    }
    if (known != null && known.count == count) {
      return known.version;
    }
    segmentFiles.writeDeletes(segment, count, number);
    return number;
  }

  /** Version of the file with a segment's patches, written now if none has these; 0 for none. */
  private long patches(
      SealedSegment segment, CollectionSchema schema, Patches.Seen patches, long number)
      throws IOException {
    Written known = written.get(segment.id());
    if (patches.isEmpty()) {
      return 0;
    }
    if (known != null && known.patchVersion > 0 && known.patchedAt == patches.position()) {
      return known.patchVersion;
    }
    segmentFiles.writePatches(segment, schema, patches, number);
    return number;
  }

  private void removeUnnamed(Manifest previous, Map<Long, Written> before) throws IOException {
    Map<Long, Manifest.SegmentEntry> named = new HashMap<>();
    segments(current).forEach(entry -> named.put(entry.id(), entry));
    for (Manifest.SegmentEntry entry : segments(previous)) {
      Written now = written.get(entry.id());
      if (now == null) {
        segmentFiles.remove(entry.id());
      } else {
        Written then = before.get(entry.id());
        if (then != null && then.version > 0 && then.version != now.version) {
          segmentFiles.removeDeletes(entry.id(), then.version);
        }
        if (then != null && then.patchVersion > 0 && then.patchVersion != now.patchVersion) {
          segmentFiles.removePatches(entry.id(), then.patchVersion);
        }
        Manifest.SegmentEntry kept = named.get(entry.id());
        for (Manifest.IndexEntry index : entry.indexes()) {
          if (kept != null && !kept.indexes().contains(index)) {
            segmentFiles.removeIndex(entry.id(), index.file());
          }
        }
      }
    }
  }
}
