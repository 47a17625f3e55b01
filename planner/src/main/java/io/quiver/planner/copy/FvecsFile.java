package io.quiver.planner.copy;

import io.quiver.planner.transfer.RowWriter;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Vectors one after the other: an int32 dimension, then that many float32, little-endian. */
final class FvecsFile implements RowWriter {
  private final OutputStream output;

  FvecsFile(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    float[] vector = vector(row);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(vector.length);
    for (float component : vector) {
      bytes.putFloat(component);
    }
    output.write(bytes.array());
  }

  static float[] vector(@Nullable Object[] row) {
    if (row[0] instanceof float[] vector) {
      return vector;
    }
    throw SqlProblem.of(
            ErrorCode.NULL_NOT_ALLOWED,
            "a row has no vector, and the format has no null",
            "add WHERE the column IS NOT NULL.")
        .asException();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
