package io.quiver.planner.copy;

import io.quiver.planner.expression.CastValue;
import io.quiver.planner.transfer.RowWriter;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** CSV as in RFC 4180, names first. A null is nothing between two delimiters, an empty text "". */
final class CsvFile implements RowWriter {
  private final Writer writer;
  private final List<RelDataTypeField> fields;
  private final char delimiter;

  CsvFile(OutputStream output, List<RelDataTypeField> fields, char delimiter) throws IOException {
    this.writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    this.fields = fields;
    this.delimiter = delimiter;
    for (int i = 0; i < fields.size(); i++) {
      cell(i, fields.get(i).getName());
    }
    writer.write("\r\n");
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (row.length == 1 && row[0] == null) {
      throw SqlProblem.of(
              ErrorCode.NULL_NOT_ALLOWED,
              "a row has no value, and CSV of a single column has no null",
              "add WHERE the column IS NOT NULL, or write another column too.")
          .asException();
    }
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      cell(i, value == null ? null : CastValue.text(value, fields.get(i).getType()));
    }
    writer.write("\r\n");
  }

  private void cell(int position, @Nullable String text) throws IOException {
    if (position > 0) {
      writer.write(delimiter);
    }
    if (text == null) {
      return;
    }
    boolean quoted =
        text.isEmpty()
            || text.indexOf(delimiter) >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    writer.write(quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
