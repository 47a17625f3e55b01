package io.quiver.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quiver.jdbc.SparseVector;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a result as a JSON array with an object a row and a line; numbers, vectors, arrays and
 * JSON are what they are in JSON, all else is text.
 */
final class ResultJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ResultJson() {}

  static void print(ResultSet result, PrintStream out) throws SQLException, IOException {
    ResultSetMetaData columns = result.getMetaData();
    out.print("[");
    boolean first = true;
    while (result.next()) {
      out.print(first ? "\n" : ",\n");
      first = false;
      StringWriter text = new StringWriter();
      try (JsonGenerator row = JSON.createGenerator(text)) {
        row.writeStartObject();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.writeFieldName(columns.getColumnLabel(i));
          write(row, result, i, columns.getColumnTypeName(i));
        }
        row.writeEndObject();
      }
      out.print(text);
    }
    out.print(first ? "]\n" : "\n]\n");
  }

  private static void write(JsonGenerator row, ResultSet result, int column, String type)
      throws SQLException, IOException {
    @Nullable Object value = result.getObject(column);
    switch (value) {
      case null -> row.writeNull();
      case Double number when !Double.isFinite(number) -> row.writeString(number.toString());
      case Float number when !Float.isFinite(number) -> row.writeString(number.toString());
      case Number number -> row.writeNumber(number.toString());
      case Boolean truth -> row.writeBoolean(truth);
      case Array array -> writeArray(row, (Object[]) array.getArray());
      case float[] vector -> row.writeRawValue(result.getString(column));
      case float[][] vectors -> row.writeRawValue(result.getString(column));
      case SparseVector vector -> row.writeRawValue(result.getString(column));
      case Object json when type.equals("JSON") -> row.writeRawValue(result.getString(column));
      default -> row.writeString(result.getString(column));
    }
  }

  private static void writeArray(JsonGenerator row, @Nullable Object[] elements)
      throws IOException {
    row.writeStartArray();
    for (Object element : elements) {
      if (element == null) {
        row.writeNull();
      } else {
        row.writeString(element.toString());
      }
    }
    row.writeEndArray();
  }
}
