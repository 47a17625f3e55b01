package io.quiver.engine.backup;

import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.segment.SegmentPaths;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files that are a database at one position of its log, held open: they can be read to the end
 * though the database goes on and deletes them.
 *
 * <p>Segments and indexes never change; a log file only grows, and is read up to where it ended.
 */
public final class HeldFiles implements Closeable {
  private final Manifest manifest;
  private final List<Held> files = new ArrayList<>();

  /**
   * One file.
   *
   * @param bytes of it that count
   */
  record Held(String path, StoredFile file, long bytes) {}

  private HeldFiles(Manifest manifest) {
    this.manifest = manifest;
  }

  /** Opens every file of segments that a manifest names; none of them is deleted meanwhile. */
  public static HeldFiles segments(FileStore store, Manifest manifest) throws IOException {
    HeldFiles held = new HeldFiles(manifest);
    try {
      for (String path : SegmentPaths.named(manifest)) {
        StoredFile file = store.open(path);
        held.files.add(new Held(path, file, file.size()));
      }
      return held;
    } catch (IOException | RuntimeException | Error e) {
      held.close();
      throw e;
    }
  }

  /**
   * Opens files of the log too.
   *
   * @param extent how many bytes of each count
   */
  public void addLog(FileStore store, Map<String, Long> extent) throws IOException {
    for (Map.Entry<String, Long> each : extent.entrySet()) {
      files.add(new Held(each.getKey(), store.open(each.getKey()), each.getValue()));
    }
  }

  Manifest manifest() {
    return manifest;
  }

  List<Held> files() {
    return files;
  }

  @Override
  public void close() throws IOException {
    for (Held held : files) {
      held.file.close();
    }
  }
}
