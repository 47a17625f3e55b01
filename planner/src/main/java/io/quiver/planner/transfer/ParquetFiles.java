package io.quiver.planner.transfer;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * Reads and writes Apache Parquet. The libraries for it are large, so they are a module of their
 * own that an application adds if it wants them, and that is found as a service.
 */
public interface ParquetFiles {
  /** What has to be added where there is none. */
  String ARTIFACT = "io.quiver:quiver-parquet";

  /**
   * The one on the class path.
   *
   * @throws io.quiver.sql.problem.SqlProblemException if there is none
   */
  static ParquetFiles found() {
    return ServiceLoader.load(ParquetFiles.class, ParquetFiles.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                SqlProblem.of(
                        ErrorCode.NOT_SUPPORTED,
                        "the module for Parquet files is not on the class path",
                        "add " + ARTIFACT + " to the application; bin/quiver has it.")
                    .asException());
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no Parquet file, or not whole
   */
  RowReader open(Path file, ReadOptions options) throws IOException;

  /** Creates a file for rows of these fields, replacing one that is there. */
  RowWriter create(Path file, List<RelDataTypeField> fields, Compression compression)
      throws IOException;

  /** How the pages of a file are compressed. */
  enum Compression {
    NONE,
    SNAPPY,
    GZIP,
    ZSTD
  }
}
