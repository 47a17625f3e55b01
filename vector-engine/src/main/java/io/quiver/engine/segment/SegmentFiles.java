package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.RowSelection;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.index.hnsw.TenantGraphsWriter;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.ColumnDeriver;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Opens, writes and removes the files of sealed segments. Only those a manifest names count. */
public final class SegmentFiles {
  private static final System.Logger LOGGER = System.getLogger("io.quiver.engine");

  private final FileStore files;
  private final long database;

  public SegmentFiles(FileStore files, long database) {
    this.files = files;
    this.database = database;
  }

  /** Opens a segment with its deletions. */
  public SealedSegment open(Manifest.SegmentEntry entry, CollectionSchema schema)
      throws IOException {
    SealedSegment segment = open(entry.id(), schema);
    try {
      if (segment.rows() != entry.rows()) {
        throw new CorruptDataException(
            "File "
                + files.describe(SegmentPaths.rows(entry.id()))
                + " has "
                + segment.rows()
                + " rows, the manifest says "
                + entry.rows()
                + ". Restore the database from a backup.");
      }
      if (entry.deletes() > 0) {
        new DeletesFile(files, database, segment)
            .read(SegmentPaths.deletes(segment.id(), entry.deletes()));
      }
      if (entry.patches() > 0) {
        new PatchFile(files, database, segment, schema)
            .read(SegmentPaths.patches(segment.id(), entry.patches()));
      }
      for (Manifest.IndexEntry index : entry.indexes()) {
        openIndex(segment, schema, index);
      }
      return segment;
    } catch (IOException | RuntimeException | Error e) {
      segment.release();
      throw e;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the segment's last lease
  private SealedSegment open(long id, CollectionSchema schema) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      SectionFile file =
          SectionFile.open(files, SegmentPaths.rows(id), FileKind.ROWS, database, id, arena);
      return new SealedSegment(id, file, schema, arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Writes a new segment, durably, and opens it.
   *
   * @param sources the selection takes rows from
   */
  public SealedSegment write(
      long id,
      List<SourceRows> sources,
      RowSelection selection,
      CollectionSchema schema,
      ColumnDeriver deriver,
      StopSignal stop)
      throws IOException {
    remove(id);
    try {
      files.createDirectory(SegmentPaths.directory(id));
      new SegmentWriter(sources, selection, schema, deriver, stop)
          .write(files, SegmentPaths.rows(id), database, id);
      files.syncDirectory(SegmentPaths.directory(id));
      files.syncDirectory(SegmentPaths.DIRECTORY);
      return open(id, schema);
    } catch (IOException | RuntimeException | Error e) {
      // On a full disk what is left behind would stand in the way of the next attempt.
      discard(e, () -> remove(id));
      throw e;
    }
  }

  private interface Removal {
    void run() throws IOException;
  }

  private static void discard(Throwable because, Removal removal) {
    try {
      removal.run();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Opens an index; one whose file is damaged is left out, to be built anew from the rows. */
  private void openIndex(SealedSegment segment, CollectionSchema schema, Manifest.IndexEntry entry)
      throws IOException {
    String path = SegmentPaths.index(segment.id(), entry.file());
    FirstUse<Column> column = IndexFiles.column(segment, schema, entry.spec()).orElse(null);
    if (column == null) {
      return;
    }
    try {
      addIndex(segment, entry.spec(), path, entry.file(), column);
    } catch (CorruptDataException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "An index is left out and built again: {0}", e.getMessage());
    }
  }

  private void addIndex(
      SealedSegment segment, IndexSpec spec, String path, String name, FirstUse<Column> column)
      throws IOException {
    SectionFile file = new IndexFiles(files, database).open(path, segment);
    segment.addIndex(
        spec,
        new SealedSegment.Indexed(
            name,
            file.bytes(),
            column,
            new FirstUse<>(() -> IndexFiles.load(file, spec, column.get(), segment.arena()))));
  }

  /** Whether an index can be built: the segment stores the column it is over. */
  public static boolean canIndex(SealedSegment segment, CollectionSchema schema, IndexSpec spec) {
    return IndexFiles.column(segment, schema, spec).isPresent();
  }

  /**
   * Builds an index over a segment, writes it durably, and has the segment use it.
   *
   * @param file name in the segment's directory, not used before
   * @param formers segments it was made of, none if that is not known any more
   */
  public void buildIndex(
      SealedSegment segment,
      CollectionSchema schema,
      IndexSpec spec,
      String file,
      List<FormerSegment> formers,
      long seed,
      int threads,
      IntConsumer rowsIndexed,
      StopSignal stop)
      throws IOException {
    FirstUse<Column> column = IndexFiles.column(segment, schema, spec).orElseThrow();
    String path = SegmentPaths.index(segment.id(), file);
    IndexFiles indexes = new IndexFiles(files, database);
    try {
      indexes.write(
          path,
          segment,
          spec,
          column.get(),
          new IndexFiles.Building(
              seed,
              threads,
              formerGraphs(schema, spec, formers),
              largeTenants(segment, schema, spec),
              rowsIndexed,
              stop));
      files.syncDirectory(SegmentPaths.directory(segment.id()));
      addIndex(segment, spec, path, file, column);
    } catch (IOException | RuntimeException | Error e) {
      discard(e, () -> files.delete(path));
      throw e;
    }
  }

  /**
   * A segment that another was made of.
   *
   * @param newRows for each row its number in the other, -1 where it is left out
   */
  public record FormerSegment(Segment segment, int[] newRows) {}

  private static List<TenantGraphsWriter.Run> largeTenants(
      SealedSegment segment, CollectionSchema schema, IndexSpec spec) {
    if (spec instanceof IndexSpec.Hnsw hnsw && hnsw.tenant().isPresent()) {
      int ordinal = schema.ordinal(hnsw.tenant().get()).orElseThrow();
      Column column = segment.stored(schema.columns().get(ordinal).id());
      return column == null ? List.of() : Tenants.large(column, segment.rows());
    }
    return List.of();
  }

  static List<FormerGraph> formerGraphs(
      CollectionSchema schema, IndexSpec spec, List<FormerSegment> formers) {
    List<FormerGraph> graphs = new ArrayList<>();
    if (spec instanceof IndexSpec.Hnsw hnsw) {
      int column = schema.columns().get(schema.ordinal(spec.column()).orElseThrow()).id();
      for (FormerSegment former : formers) {
        FormerGraph graph = former.segment.former(column, hnsw, former.newRows);
        if (graph != null) {
          graphs.add(graph);
        }
      }
    }
    return graphs;
  }

  /** Removes the file of an index that no manifest names any more. */
  public void removeIndex(long id, String file) throws IOException {
    files.delete(SegmentPaths.index(id, file));
  }

  /**
   * Writes which rows are deleted, durably.
   *
   * @param count how many of the segment's deletions
   * @param version not used for this segment before
   */
  public void writeDeletes(SealedSegment segment, int count, long version) throws IOException {
    String path = SegmentPaths.deletes(segment.id(), version);
    files.delete(path);
    try {
      new DeletesFile(files, database, segment).write(path, count);
    } catch (IOException e) {
      discard(e, () -> files.delete(path));
      throw e;
    }
    files.syncDirectory(SegmentPaths.directory(segment.id()));
  }

  /**
   * Writes what rows were given later, durably.
   *
   * @param version not used for this segment before
   */
  public void writePatches(
      SealedSegment segment, CollectionSchema schema, Patches.Seen patches, long version)
      throws IOException {
    String path = SegmentPaths.patches(segment.id(), version);
    files.delete(path);
    try {
      new PatchFile(files, database, segment, schema).write(path, patches);
    } catch (IOException | RuntimeException e) {
      discard(e, () -> files.delete(path));
      throw e;
    }
    files.syncDirectory(SegmentPaths.directory(segment.id()));
  }

  /** Removes a file of patches that no manifest names any more. */
  public void removePatches(long id, long version) throws IOException {
    files.delete(SegmentPaths.patches(id, version));
  }

  /** Removes a file of deletions that no manifest names any more. */
  public void removeDeletes(long id, long version) throws IOException {
    files.delete(SegmentPaths.deletes(id, version));
  }

  /** Removes all files of a segment that no manifest names. Mappings of it stay readable. */
  public void remove(long id) throws IOException {
    for (String name : files.list(SegmentPaths.directory(id))) {
      files.delete(SegmentPaths.directory(id) + "/" + name);
    }
    files.delete(SegmentPaths.directory(id));
  }

  /** Removes what work cut short has left: every file the manifest does not name. */
  public void removeAllBut(Manifest manifest) throws IOException {
    for (String path : SegmentPaths.unnamed(files, manifest)) {
      files.delete(path);
    }
  }
}
