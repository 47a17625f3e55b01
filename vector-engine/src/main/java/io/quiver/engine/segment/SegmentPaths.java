package io.quiver.engine.segment;

import io.quiver.engine.io.FileStore;
import io.quiver.engine.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the files of segments are: {@code segments/⟨id⟩/rows}, which rows are deleted in {@code
 * deletes-⟨version⟩}, what they were given later in {@code patches-⟨version⟩}, and indexes beside
 * them.
 */
public final class SegmentPaths {
  public static final String DIRECTORY = "segments";

  private SegmentPaths() {}

  static String directory(long id) {
    return DIRECTORY + "/" + id;
  }

  static String rows(long id) {
    return directory(id) + "/rows";
  }

  static String deletes(long id, long version) {
    return directory(id) + "/deletes-" + version;
  }

  static String patches(long id, long version) {
    return directory(id) + "/patches-" + version;
  }

  static String index(long id, String file) {
    return directory(id) + "/" + file;
  }

  /** Every file of a segment that a manifest names. */
  public static List<String> named(Manifest manifest) {
    List<String> named = new ArrayList<>();
    for (Manifest.CollectionEntry collection : manifest.collections()) {
      for (Manifest.ShardEntry shard : collection.shards()) {
        for (Manifest.SegmentEntry segment : shard.segments()) {
          named.add(rows(segment.id()));
          if (segment.deletes() > 0) {
            named.add(deletes(segment.id(), segment.deletes()));
          }
          if (segment.patches() > 0) {
            named.add(patches(segment.id(), segment.patches()));
          }
          segment.indexes().forEach(index -> named.add(index(segment.id(), index.file())));
        }
      }
    }
    return named;
  }

  /** Files and then directories of segments that the manifest does not name. */
  public static List<String> unnamed(FileStore files, Manifest manifest) throws IOException {
    Set<String> named = new HashSet<>(named(manifest));
    for (String path : named(manifest)) {
      named.add(path.substring(0, path.lastIndexOf('/')));
    }
    List<String> unnamed = new ArrayList<>();
    for (String directory : files.list(DIRECTORY)) {
      for (String name : files.list(DIRECTORY + "/" + directory)) {
        unnamed.add(DIRECTORY + "/" + directory + "/" + name);
      }
      unnamed.add(DIRECTORY + "/" + directory);
    }
    unnamed.removeAll(named);
    return unnamed;
  }
}
