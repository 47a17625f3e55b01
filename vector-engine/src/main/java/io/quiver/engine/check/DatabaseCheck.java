package io.quiver.engine.check;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.LogSubscriber;
import io.quiver.engine.StorageException;
import io.quiver.engine.io.DatabaseLock;
import io.quiver.engine.io.DiskFiles;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.manifest.ManifestStore;
import io.quiver.engine.segment.SegmentCheck;
import io.quiver.engine.segment.SegmentPaths;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies every file of a closed database, and changes none. Where something is damaged it goes on
 * with what does not depend on it, so that one run tells all.
 */
public final class DatabaseCheck {
  /** Told how far a check has come, by segments. */
  @FunctionalInterface
  public interface Progress {
    void reached(int segments, int of);
  }

  private final FileStore files;
  private final LogSubscriber catalog;
  private final Progress progress;
  private final List<Finding> findings = new ArrayList<>();

  private DatabaseCheck(FileStore files, LogSubscriber catalog, Progress progress) {
    this.files = files;
    this.catalog = catalog;
    this.progress = progress;
  }

  /**
   * Checks the database in a directory.
   *
   * @param catalog an empty one, to read the definitions into
   * @throws StorageException if it is open somewhere, or cannot be read
   * @throws CorruptDataException if the directory holds no database
   */
  public static CheckReport run(Path directory, LogSubscriber catalog, Progress progress) {
    return run(new DiskFiles(directory), catalog, progress);
  }

  /** Checks the database in any store of files. */
  public static CheckReport run(FileStore files, LogSubscriber catalog, Progress progress) {
    try {
      if (!files.exists(ManifestStore.CURRENT)) {
        throw new CorruptDataException(
            "Directory "
                + files.describe("")
                + " holds no database: its file "
                + ManifestStore.CURRENT
                + " is not there. Name the directory of a database; if this was one, restore it"
                + " from a backup.");
      }
      try (Closeable _ = DatabaseLock.take(files, "checked")) {
        return new DatabaseCheck(files, catalog, progress).check();
      }
    } catch (IOException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " cannot be checked: "
              + e
              + ". Check that the directory can be read and written.",
          e);
    }
  }

  private CheckReport check() throws IOException {
    Manifest manifest;
    try {
      manifest = new ManifestStore(files).read();
      catalog.restore(manifest.catalog(), manifest.position());
    } catch (CorruptDataException e) {
      damage(String.valueOf(e.getMessage()));
      return new CheckReport(List.copyOf(findings), 0, 0, 0, 0);
    }
    checkNumbers(manifest);
    LogCheck logCheck = new LogCheck(files, manifest, catalog, findings::add);
    FileWriteLog.Contents log = logCheck.run();
    int segments =
        manifest.collections().stream()
            .flatMap(collection -> collection.shards().stream())
            .mapToInt(shard -> shard.segments().size())
            .sum();
    int done = 0;
    long rows = 0;
    for (Manifest.CollectionEntry collection : manifest.collections()) {
      for (int shard = 0; shard < collection.shards().size(); shard++) {
        progress.reached(done, segments);
        List<Manifest.SegmentEntry> entries = collection.shards().get(shard).segments();
        new SegmentCheck(
                files, manifest.database(), collection.schema(), shard, log.end(), this::damage)
            .run(entries);
        done += entries.size();
        rows += entries.stream().mapToLong(Manifest.SegmentEntry::rows).sum();
      }
    }
    progress.reached(done, segments);
    checkLeftovers(manifest, log);
    return new CheckReport(
        List.copyOf(findings), manifest.collections().size(), segments, rows, logCheck.records());
  }

  private void damage(String message) {
    findings.add(new Finding(Finding.Severity.DAMAGE, message));
  }

  /** Whether the manifest agrees with itself. */
  private void checkNumbers(Manifest manifest) {
    Set<Long> collections = new HashSet<>();
    Set<Long> segments = new HashSet<>();
    for (Manifest.CollectionEntry collection : manifest.collections()) {
      long id = collection.schema().id();
      if (!collections.add(id) || id >= manifest.nextCollection()) {
        contradiction("collection " + id + " twice, or beyond those given");
      }
      if (collection.shards().size() != collection.schema().shards()) {
        contradiction("collection " + id + " with " + collection.shards().size() + " shards");
      }
      for (Manifest.ShardEntry shard : collection.shards()) {
        if (shard.flushed() > manifest.position()) {
          contradiction("collection " + id + " flushed beyond the manifest's position");
        }
        for (Manifest.SegmentEntry segment : shard.segments()) {
          if (!segments.add(segment.id()) || segment.id() >= manifest.nextSegment()) {
            contradiction("segment " + segment.id() + " twice, or beyond those given");
          }
        }
      }
    }
  }

  private void contradiction(String what) {
    damage("The manifest has " + what + ". Restore the database from a backup.");
  }

  private void checkLeftovers(Manifest manifest, FileWriteLog.Contents log) throws IOException {
    List<String> leftovers = new ArrayList<>(SegmentPaths.unnamed(files, manifest));
    if (!log.files().isEmpty()) {
      for (String name : files.list(FileWriteLog.DIRECTORY)) {
        String path = FileWriteLog.DIRECTORY + "/" + name;
        if (!log.files().contains(path)) {
          leftovers.add(path);
        }
      }
    }
    for (String name : files.list("")) {
      if (name.startsWith(ManifestStore.PREFIX) && !name.equals(ManifestStore.name(manifest))
          || name.equals(ManifestStore.UNFINISHED)) {
        leftovers.add(name);
      } else if (!ManifestStore.name(manifest).equals(name) && !KNOWN.contains(name)) {
        note("File " + files.describe(name) + " is not part of a database. Move it elsewhere.");
      }
    }
    for (String path : leftovers) {
      note(
          "File "
              + files.describe(path)
              + " is not needed: work that was cut short left it. The next opening removes it.");
    }
  }

  private static final Set<String> KNOWN =
      Set.of(
          ManifestStore.CURRENT, DatabaseLock.FILE, FileWriteLog.DIRECTORY, SegmentPaths.DIRECTORY);

  private void note(String message) {
    findings.add(new Finding(Finding.Severity.NOTE, message));
  }
}
