package io.quiver.parquet;

import io.quiver.planner.transfer.ParquetFiles;
import io.quiver.planner.transfer.ReadOptions;
import io.quiver.planner.transfer.RowReader;
import io.quiver.planner.transfer.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Parquet with the libraries of this module; the service that a database finds. */
public final class ParquetLibraries implements ParquetFiles {
  @Override
  public RowReader open(Path file, ReadOptions options) throws IOException {
    return new ParquetReader(file, options);
  }

  @Override
  public RowWriter create(Path file, List<RelDataTypeField> fields, Compression compression)
      throws IOException {
    return ParquetRows.create(file, fields, compression);
  }
}
