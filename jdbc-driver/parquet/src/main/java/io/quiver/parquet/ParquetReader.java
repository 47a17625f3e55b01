package io.quiver.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import io.quiver.planner.transfer.ReadOptions;
import io.quiver.planner.transfer.RowReader;
import io.quiver.planner.transfer.SourceRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file. Another thread decodes pages ahead of the row that is asked for; of a row
 * group, however large, no more than a few pages of each column and two batches are in memory.
 */
final class ParquetReader implements RowReader {
  private static final long BATCH_BYTES = 4 << 20;
  private static final int MOST_ROWS = 4_096;

  static {
    // Unless it is told less, the library reads 128 MB ahead and decodes eight pages ahead in each
    // column; pages of vectors can be large, DuckDB writes such of 100 MB.
    setIfAbsent("hardwood.internal.sequentialChunkSize", 8 << 20);
    setIfAbsent("hardwood.internal.maxOutstanding", 2);
  }

  /** What is to be closed, the last to be opened first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final ReadOptions options;
  private final FileRanges file;
  private final List<SchemaNode> schema;
  private final ColumnReaders columns;
  private final List<Field> fields = new ArrayList<>();
  private int batch;
  private int place;
  private long number;

  /** A field that is wanted. */
  private record Field(String name, BatchNode node, boolean asJson) {}

  ParquetReader(Path path, ReadOptions options) throws IOException {
    this.options = options;
    boolean whole = false;
    try {
      file = closedLater(new FileRanges(path));
      HardwoodContext context = closedLater(HardwoodContext.create(1));
      ParquetFileReader reader = closedLater(ParquetFileReader.open(file, context));
      schema =
          reader.getFileSchema().getRootNode().children().stream()
              .filter(node -> isWanted(node.name(), options))
              .toList();
      columns =
          closedLater(
              reader
                  .buildColumnReaders(projection(schema))
                  .batchSize(rows(reader.getFileMetaData()))
                  .build());
      whole = true;
    } catch (RuntimeException broken) {
      throw unreadable(broken);
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  private static void setIfAbsent(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /** How many rows make a batch of a few megabytes. */
  private static int rows(FileMetaData file) {
    long bytes = file.rowGroups().stream().mapToLong(RowGroup::totalByteSize).sum();
    long rowBytes = Math.max(1, bytes / Math.max(1, file.numRows()));
    return Math.clamp(BATCH_BYTES / rowBytes, 1, MOST_ROWS);
  }

  private <T extends AutoCloseable> T closedLater(T resource) {
    opened.push(resource);
    return resource;
  }

  private static boolean isWanted(String name, ReadOptions options) {
    return options.fields().isEmpty() || options.fields().contains(name);
  }

  /** The columns to decode; all where a name has a dot, which a projection takes for a path. */
  private static ColumnProjection projection(List<SchemaNode> wanted) {
    String[] names = wanted.stream().map(SchemaNode::name).toArray(String[]::new);
    return Stream.of(names).anyMatch(name -> name.contains("."))
        ? ColumnProjection.all()
        : ColumnProjection.columns(names);
  }

  @Override
  public @Nullable SourceRow next() throws IOException {
    try {
      while (place == batch) {
        if (!columns.nextBatch()) {
          return null;
        }
        batch = columns.getRecordCount();
        place = 0;
        if (fields.isEmpty()) {
          BatchNodes nodes = new BatchNodes(columns);
          for (SchemaNode node : schema) {
            boolean asJson = options.jsonFields().contains(node.name());
            fields.add(new Field(node.name(), nodes.of(node), asJson));
          }
        }
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (Field field : fields) {
        values.put(field.name(), FieldValue.of(field.node(), place, field.asJson()));
      }
      place++;
      return new SourceRow(++number, values);
    } catch (RuntimeException broken) {
      throw unreadable(broken);
    }
  }

  /** The library tells what is wrong with a file by exceptions of many kinds, in others. */
  private static IOException unreadable(RuntimeException broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return new IOException(
        cause instanceof OutOfMemoryError
            ? "its pages need more memory than there is; give Java more with -Xmx, or write the"
                + " file with smaller row groups"
            : message == null ? cause.toString() : message,
        broken);
  }

  @Override
  public long bytesRead() {
    return file.bytesRead();
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failed) {
        if (first == null) {
          first = new IOException(failed.getMessage(), failed);
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
