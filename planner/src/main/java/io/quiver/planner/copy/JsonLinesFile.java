package io.quiver.planner.copy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.planner.expression.CastValue;
import io.quiver.planner.transfer.RowWriter;
import io.quiver.sql.type.JsonSqlType;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; a field that is null is written as null. */
final class JsonLinesFile implements RowWriter {
  private final JsonGenerator json;
  private final List<RelDataTypeField> fields;

  JsonLinesFile(OutputStream output, List<RelDataTypeField> fields) throws IOException {
    this.json = new JsonFactory().createGenerator(output);
    this.json.setRootValueSeparator(null);
    this.fields = fields;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < row.length; i++) {
      json.writeFieldName(fields.get(i).getName());
      value(row[i], fields.get(i).getType());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void value(@Nullable Object value, RelDataType type) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      // Line ends inside JSON are space between its tokens: in a string they would be escaped.
      case String text when type instanceof JsonSqlType ->
          json.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case float[] vector -> vector(vector);
      case float[][] vectors -> {
        json.writeStartArray();
        for (float[] vector : vectors) {
          vector(vector);
        }
        json.writeEndArray();
      }
      case SparseVectorValue sparse -> {
        json.writeStartObject();
        json.writeFieldName("indices");
        json.writeArray(sparse.indices(), 0, sparse.size());
        json.writeFieldName("values");
        vector(sparse.weights());
        json.writeEndObject();
      }
      case Collection<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          value(element, type.getComponentType() == null ? type : type.getComponentType());
        }
        json.writeEndArray();
      }
      // JSON has no word for what is no number: its name, as a string.
      case Double number when !Double.isFinite(number) -> json.writeString(number.toString());
      case Float number when !Float.isFinite(number) -> json.writeString(number.toString());
      case BigDecimal decimal -> json.writeNumber(decimal);
      case Number number when isNumber(type.getSqlTypeName()) ->
          json.writeNumber(number.toString());
      default -> json.writeString(CastValue.text(value, type));
    }
  }

  private static boolean isNumber(SqlTypeName type) {
    return SqlTypeName.NUMERIC_TYPES.contains(type);
  }

  private void vector(float[] vector) throws IOException {
    json.writeStartArray();
    for (float component : vector) {
      json.writeNumber(component);
    }
    json.writeEndArray();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
