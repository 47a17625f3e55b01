package io.quiver.jdbc.meta;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.VectorForm;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.RowBytes;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a cursor as frames for the wire, in order. The last frame is kept, so that a client whose
 * answer was lost may ask for it again.
 */
final class ResultFrames {
  private final GuardedCursor cursor;
  private final List<ResultColumn> columns;
  private final VectorFormat vectors;
  private Meta.@Nullable Frame last;
  private long offset;
  private boolean done;
  private final long mostBytes;
  private long bytes;

  /**
   * @param mostBytes that all frames together may hold
   */
  ResultFrames(
      GuardedCursor cursor, List<ResultColumn> columns, VectorFormat vectors, long mostBytes) {
    this.mostBytes = mostBytes;
    this.cursor = cursor;
    this.columns = columns;
    this.vectors = vectors;
  }

  /**
   * The frame that begins at a row.
   *
   * @param from the row after the last frame, or the first row of the last frame
   */
  Meta.Frame frame(long from, int maxRows) {
    Meta.Frame before = last;
    if (before != null && from == before.offset && from != offset) {
      return before;
    }
    if (from != offset) {
      throw Translation.problem(
          "24000", 0, "Cannot go to row " + from + " of a result that is at row " + offset);
    }
    List<Object> rows = new ArrayList<>();
    while (rows.size() < maxRows && !done) {
      if (cursor.next()) {
        @Nullable Object[] row = wire(cursor.row());
        count(row);
        rows.add(row);
      } else {
        done = true;
        cursor.close();
      }
    }
    Meta.Frame frame = new LeanFrame(offset, done, rows);
    last = frame;
    offset += rows.size();
    return frame;
  }

  private void count(@Nullable Object[] row) {
    if (mostBytes == Long.MAX_VALUE) {
      return;
    }
    bytes += RowBytes.of(row);
    if (bytes > mostBytes) {
      cursor.close();
      done = true;
      throw SqlProblem.of(
              ErrorCode.LIMIT_EXCEEDED,
              "the result is larger than the " + mostBytes + " bytes that max_result_bytes allows",
              "add a LIMIT or a condition, or leave out wide columns such as vectors.")
          .asException();
    }
  }

  /** From any thread: a frame that is being made then fails. */
  void close() {
    cursor.close();
  }

  private @Nullable Object[] wire(@Nullable Object[] row) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = row[i];
      values[i] = value == null ? null : wire(value, columns.get(i).type());
    }
    return values;
  }

  private Object wire(Object value, ResultType type) {
    if (value instanceof float[] vector) {
      return vectors == VectorFormat.BASE64 ? VectorForm.base64(vector) : VectorForm.text(vector);
    }
    if (value instanceof float[][] several) {
      return vectors == VectorFormat.BASE64 ? VectorForm.base64(several) : VectorForm.text(several);
    }
    if (value instanceof SparseVectorValue sparse) {
      return new SparseVector(sparse.indices(), sparse.weights()).toString();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      for (@Nullable Object element : list) {
        elements.add(element == null ? null : wire(element, type.element().orElse(type)));
      }
      return elements;
    }
    return switch (type.kind()) {
      case UUID -> value.toString();
      case TIMESTAMP_TZ -> Instant.ofEpochMilli(((Number) value).longValue()).toString();
      default -> value;
    };
  }
}
