package io.quiver.planner.copy;

import io.quiver.planner.transfer.ParquetFiles;
import io.quiver.planner.transfer.RowWriter;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.VectorSqlType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The file that rows are written to, in one of the formats. */
final class RowFile {
  private RowFile() {}

  /** Creates a file for rows of this type. */
  static RowWriter create(Path file, CopyOptions options, RelDataType rows) throws IOException {
    List<RelDataTypeField> fields = rows.getFieldList();
    return switch (options.format()) {
      case JSONL -> new JsonLinesFile(output(file, options), fields);
      case CSV -> new CsvFile(output(file, options), fields, options.delimiter());
      case FVECS -> {
        checkOneVector(fields, options);
        yield new FvecsFile(output(file, options));
      }
      case NPY -> {
        checkOneVector(fields, options);
        checkNotGzipped(options, "an npy file's head tells the rows, which are counted last");
        yield new NpyFile(file);
      }
      case PARQUET -> {
        checkNotGzipped(options, "a Parquet file is compressed inside");
        yield ParquetFiles.found().create(file, fields, options.compression());
      }
    };
  }

  private static void checkNotGzipped(CopyOptions options, String why) {
    if (options.file().toString().endsWith(".gz")) {
      throw SqlProblem.of(
              ErrorCode.NOT_SUPPORTED,
              options.format() + " is not written gzipped: " + why,
              "leave .gz out of the file's name.")
          .asException();
    }
  }

  private static void checkOneVector(List<RelDataTypeField> fields, CopyOptions options) {
    if (fields.size() != 1 || !(fields.getFirst().getType() instanceof VectorSqlType)) {
      throw SqlProblem.of(
              ErrorCode.OPTION_INVALID,
              "a file of format "
                  + options.format()
                  + " holds one column of vectors and nothing else",
              "write COPY (SELECT embedding FROM t) TO ..., or use jsonl.")
          .asException();
    }
  }

  private static OutputStream output(Path file, CopyOptions options) throws IOException {
    OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return options.file().toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain;
  }
}
