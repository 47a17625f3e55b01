package io.quiver.parquet;

import io.quiver.planner.transfer.ParquetFiles.Compression;
import io.quiver.planner.transfer.RowWriter;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** A Parquet file that rows are written to, a row group in memory at a time. */
final class ParquetRows implements RowWriter {
  /** Less than the library's 128 MB: the rows of a group wait in memory until it is full. */
  private static final long ROW_GROUP_BYTES = 16 << 20;

  /** Rows of large vectors fill a group soon, so its size is looked at often. */
  private static final int ROWS_BETWEEN_CHECKS = 10;

  private final ParquetWriter<@Nullable Object[]> writer;

  private ParquetRows(ParquetWriter<@Nullable Object[]> writer) {
    this.writer = writer;
  }

  static ParquetRows create(Path file, List<RelDataTypeField> fields, Compression compression)
      throws IOException {
    List<FileColumn> columns = columns(fields);
    MessageType schema = new MessageType("quiver", columns.stream().map(FileColumn::type).toList());
    Builder builder =
        new Builder(new LocalOutputFile(file), new Rows(schema, columns))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .withCompressionCodec(codec(compression))
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withMinRowCountForPageSizeCheck(ROWS_BETWEEN_CHECKS);
    // Components of vectors hardly repeat: a dictionary of them is work for nothing.
    for (String path : floats(schema, "")) {
      builder = builder.withDictionaryEncoding(path, false);
    }
    return new ParquetRows(builder.build());
  }

  private static List<FileColumn> columns(List<RelDataTypeField> fields) {
    Set<String> names = new HashSet<>();
    for (RelDataTypeField field : fields) {
      if (!names.add(field.getName())) {
        throw SqlProblem.of(
                ErrorCode.OPTION_INVALID,
                "two columns are called \"" + field.getName() + "\", and a file has one of a name",
                "call one of them otherwise with AS.")
            .asException();
      }
    }
    return fields.stream().map(each -> FileColumn.of(each.getName(), each.getType())).toList();
  }

  private static CompressionCodecName codec(Compression compression) {
    return switch (compression) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case GZIP -> CompressionCodecName.GZIP;
      case ZSTD -> CompressionCodecName.ZSTD;
    };
  }

  /** Paths of the columns that hold components of vectors. */
  private static List<String> floats(GroupType group, String above) {
    List<String> paths = new ArrayList<>();
    for (Type field : group.getFields()) {
      String path = above + field.getName();
      if (!field.isPrimitive()) {
        paths.addAll(floats(field.asGroupType(), path + '.'));
      } else if (field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
        paths.add(path);
      }
    }
    return paths;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final Rows rows;

    Builder(OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    // The library still asks for it, though it has been replaced by the one below.
    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration hadoop) {
      throw new UnsupportedOperationException("Hadoop is not used");
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration plain) {
      return rows;
    }
  }

  /** Takes rows apart into the columns of the file. */
  private static final class Rows extends WriteSupport<@Nullable Object[]> {
    private final MessageType schema;
    private final List<FileColumn> columns;
    private @Nullable RecordConsumer consumer;

    Rows(MessageType schema, List<FileColumn> columns) {
      this.schema = schema;
      this.columns = columns;
    }

    // As above.
    @SuppressWarnings("deprecation")
    @Override
    public WriteContext init(Configuration hadoop) {
      throw new UnsupportedOperationException("Hadoop is not used");
    }

    @Override
    public WriteContext init(ParquetConfiguration plain) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
      RecordConsumer record = Objects.requireNonNull(consumer);
      record.startMessage();
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null) {
          FileColumn column = columns.get(i);
          record.startField(column.type().getName(), i);
          column.writer().write(value, record);
          record.endField(column.type().getName(), i);
        }
      }
      record.endMessage();
    }
  }
}
