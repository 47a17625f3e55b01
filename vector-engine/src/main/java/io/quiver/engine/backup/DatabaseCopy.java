package io.quiver.engine.backup;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.StorageException;
import io.quiver.engine.io.DatabaseLock;
import io.quiver.engine.io.DiskFiles;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.manifest.ManifestStore;
import io.quiver.engine.search.StopSignal;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the files of a database into an empty directory, durably. The pointer to the manifest
 * comes last, so that a copy cut short is never taken for a database.
 */
public final class DatabaseCopy {
  private static final int PIECE = 1 << 20;

  private final FileStore target;
  private final StopSignal stop;

  private DatabaseCopy(FileStore target, StopSignal stop) {
    this.target = target;
    this.stop = stop;
  }

  /**
   * Copies what is held.
   *
   * @param position that it stands at
   * @throws StorageException if the directory holds anything, or cannot be written; what was
   *     written of the copy is removed
   */
  public static BackupReport write(
      HeldFiles held, long position, FileStore target, StopSignal stop) {
    try {
      if (!target.list("").isEmpty()) {
        throw new StorageException(
            "Directory "
                + target.describe("")
                + " is not empty. Name a new or an empty one for the copy.");
      }
      return new DatabaseCopy(target, stop).copy(held, position);
    } catch (IOException e) {
      throw new StorageException(
          "The copy in "
              + target.describe("")
              + " could not be written: "
              + e
              + ". Nothing of it was kept. Check that the directory can be written and the disk has"
              + " room.",
          e);
    }
  }

  /**
   * Copies a closed database, such as a backup, to an empty directory.
   *
   * @throws CorruptDataException if the source is no database or a damaged one
   * @throws StorageException if it is open somewhere, or the target cannot be written
   */
  public static BackupReport ofClosed(Path source, Path directory, StopSignal stop) {
    FileStore files = new DiskFiles(source);
    try {
      if (!files.exists(ManifestStore.CURRENT)) {
        throw new CorruptDataException(
            "Directory " + files.describe("") + " holds no database. Name one that a backup made.");
      }
      try (Closeable _ = DatabaseLock.take(files, "copied")) {
        Manifest manifest = new ManifestStore(files).read();
        FileWriteLog.Contents log =
            FileWriteLog.verify(
                files, manifest.database(), manifest.flushed(), (position, record) -> {});
        Map<String, Long> extent = new LinkedHashMap<>();
        for (String path : log.files()) {
          try (StoredFile file = files.open(path)) {
            extent.put(path, file.size());
          }
        }
        try (HeldFiles held = HeldFiles.segments(files, manifest)) {
          held.addLog(files, extent);
          return write(held, log.end(), new DiskFiles(directory), stop);
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "Database "
              + files.describe("")
              + " could not be read: "
              + e
              + ". Check that the directory can be read.",
          e);
    }
  }

  private BackupReport copy(HeldFiles held, long position) throws IOException {
    Set<String> directories = new TreeSet<>();
    target.createDirectory("");
    try {
      long bytes = 0;
      for (HeldFiles.Held each : held.files()) {
        for (int slash = each.path().indexOf('/');
            slash >= 0;
            slash = each.path().indexOf('/', slash + 1)) {
          directories.add(each.path().substring(0, slash));
        }
        target.createDirectory(each.path().substring(0, each.path().lastIndexOf('/')));
        copy(each);
        bytes += each.bytes();
      }
      // Where nothing is sealed yet there is a place for it all the same.
      target.createDirectory("segments");
      directories.add("segments");
      for (String directory : directories) {
        target.syncDirectory(directory);
      }
      new ManifestStore(target).write(held.manifest());
      return new BackupReport(position, held.files().size() + 2, bytes);
    } catch (IOException | RuntimeException | Error e) {
      discard(held, directories, e);
      throw e;
    }
  }

  private void copy(HeldFiles.Held each) throws IOException {
    try (StoredFile file = target.create(each.path());
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(PIECE);
      for (long at = 0; at < each.bytes(); at += PIECE) {
        stop.check();
        MemorySegment piece = buffer.asSlice(0, Math.min(PIECE, each.bytes() - at));
        each.file().read(piece, at);
        file.write(piece, at);
      }
      file.force();
    }
  }

  private void discard(HeldFiles held, Set<String> directories, Throwable because) {
    try {
      for (HeldFiles.Held each : held.files()) {
        target.delete(each.path());
      }
      for (String directory : new TreeSet<>(directories).descendingSet()) {
        target.delete(directory);
      }
      for (String name : target.list("")) {
        if (name.startsWith(ManifestStore.PREFIX) || name.startsWith(ManifestStore.CURRENT)) {
          target.delete(name);
        }
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
