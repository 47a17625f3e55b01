package io.quiver.jdbc.meta;

import com.google.protobuf.UnsafeByteOperations;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A frame that writes each value once. Avatica's writes it twice, for clients of before 2016, and
 * bytes a third time in base64; clients of today read this one as well.
 */
public final class LeanFrame extends Meta.Frame {
  /**
   * @param rows each an {@code Object[]} or a {@code List}
   */
  public LeanFrame(long offset, boolean done, List<Object> rows) {
    super(offset, done, rows);
  }

  @Override
  public Common.Frame toProto() {
    Common.Frame.Builder frame = Common.Frame.newBuilder().setDone(done).setOffset(offset);
    for (Object row : rows) {
      Common.Row.Builder written = Common.Row.newBuilder();
      List<?> values = row instanceof List<?> list ? list : Arrays.asList((Object[]) row);
      for (@Nullable Object value : values) {
        written.addValue(column(value));
      }
      frame.addRows(written);
    }
    return frame.build();
  }

  private static Common.ColumnValue.Builder column(@Nullable Object value) {
    Common.ColumnValue.Builder column = Common.ColumnValue.newBuilder();
    if (!(value instanceof List<?> elements)) {
      return column.setHasArrayValue(false).setScalarValue(scalar(value));
    }
    column.setHasArrayValue(true);
    for (@Nullable Object element : elements) {
      column.addArrayValue(scalar(element));
    }
    return column;
  }

  private static Common.TypedValue scalar(@Nullable Object value) {
    Common.TypedValue.Builder typed = Common.TypedValue.newBuilder();
    if (value instanceof byte[] bytes) {
      return typed
          .setType(Common.Rep.BYTE_STRING)
          .setBytesValue(UnsafeByteOperations.unsafeWrap(bytes))
          .build();
    }
    typed.setType(TypedValue.toProto(typed, value));
    return typed.build();
  }
}
