package io.quiver.parquet;

import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.planner.expression.CastValue;
import io.quiver.sql.type.JsonSqlType;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.VectorSqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file, or the element of a list in it: its type there, and how a value that
 * plans handle is written.
 *
 * @param type optional, since any value of a query may be null
 */
record FileColumn(Type type, ValueWriter writer) {
  private static final int DIGITS_OF_INT = 9;
  private static final int DIGITS_OF_LONG = 18;

  /** Writes a value that is not null. */
  @FunctionalInterface
  interface ValueWriter {
    void write(Object value, RecordConsumer record);
  }

  static FileColumn of(String name, RelDataType type) {
    return switch (type) {
      case VectorSqlType vector -> vector(name, vector.element() == VectorElement.INT8);
      case MultiVectorSqlType multi -> {
        FileColumn row = vector("element", false);
        yield new FileColumn(
            list(name, row.type),
            (value, record) -> elements(Arrays.asList((float[][]) value), row.writer, record));
      }
      case SparseVectorSqlType sparse -> sparse(name);
      case JsonSqlType json ->
          column(
              name,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.jsonType(),
              (value, record) -> record.addBinary(Binary.fromString((String) value)));
      default -> standard(name, type);
    };
  }

  private static FileColumn standard(String name, RelDataType type) {
    RelDataType element = type.getComponentType();
    return switch (type.getSqlTypeName()) {
      case BOOLEAN ->
          column(
              name,
              PrimitiveTypeName.BOOLEAN,
              null,
              (value, record) -> record.addBoolean((Boolean) value));
      case TINYINT, SMALLINT -> ints(name, LogicalTypeAnnotation.intType(16, true));
      case INTEGER -> ints(name, LogicalTypeAnnotation.intType(32, true));
      case BIGINT -> longs(name, LogicalTypeAnnotation.intType(64, true));
      case REAL ->
          column(
              name,
              PrimitiveTypeName.FLOAT,
              null,
              (value, record) -> record.addFloat(((Number) value).floatValue()));
      case FLOAT, DOUBLE ->
          column(
              name,
              PrimitiveTypeName.DOUBLE,
              null,
              (value, record) -> record.addDouble(((Number) value).doubleValue()));
      case DECIMAL -> decimal(name, type.getPrecision(), type.getScale());
      case DATE -> ints(name, LogicalTypeAnnotation.dateType());
      case TIME -> ints(name, LogicalTypeAnnotation.timeType(false, TimeUnit.MILLIS));
      case TIMESTAMP -> longs(name, LogicalTypeAnnotation.timestampType(false, TimeUnit.MILLIS));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          longs(name, LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS));
      case UUID ->
          fixed(
              name,
              16,
              LogicalTypeAnnotation.uuidType(),
              (value, record) -> record.addBinary(bytes((UUID) value)));
      case BINARY, VARBINARY ->
          column(
              name,
              PrimitiveTypeName.BINARY,
              null,
              (value, record) -> record.addBinary(Binary.fromConstantByteArray((byte[]) value)));
      case ARRAY, MULTISET -> {
        FileColumn of = of("element", element == null ? type : element);
        yield new FileColumn(
            list(name, of.type),
            (value, record) -> elements((Collection<?>) value, of.writer, record));
      }
      default ->
          column(
              name,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.stringType(),
              (value, record) -> record.addBinary(Binary.fromString(CastValue.text(value, type))));
    };
  }

  private static FileColumn column(
      String name,
      PrimitiveTypeName stored,
      @Nullable LogicalTypeAnnotation meaning,
      ValueWriter writer) {
    return new FileColumn(Types.optional(stored).as(meaning).named(name), writer);
  }

  private static FileColumn fixed(
      String name, int length, LogicalTypeAnnotation meaning, ValueWriter writer) {
    return new FileColumn(
        Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(length)
            .as(meaning)
            .named(name),
        writer);
  }

  private static FileColumn ints(String name, LogicalTypeAnnotation meaning) {
    return column(
        name,
        PrimitiveTypeName.INT32,
        meaning,
        (value, record) -> record.addInteger(((Number) value).intValue()));
  }

  private static FileColumn longs(String name, LogicalTypeAnnotation meaning) {
    return column(
        name,
        PrimitiveTypeName.INT64,
        meaning,
        (value, record) -> record.addLong(((Number) value).longValue()));
  }

  /** In the narrowest form that holds the digits. */
  private static FileColumn decimal(String name, int precision, int scale) {
    LogicalTypeAnnotation meaning = LogicalTypeAnnotation.decimalType(scale, precision);
    if (precision <= DIGITS_OF_INT) {
      return column(
          name,
          PrimitiveTypeName.INT32,
          meaning,
          (value, record) -> record.addInteger(unscaled(value, scale).intValueExact()));
    }
    if (precision <= DIGITS_OF_LONG) {
      return column(
          name,
          PrimitiveTypeName.INT64,
          meaning,
          (value, record) -> record.addLong(unscaled(value, scale).longValueExact()));
    }
    int length = BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    return fixed(
        name,
        length,
        meaning,
        (value, record) -> record.addBinary(bytes(unscaled(value, scale), length)));
  }

  private static BigInteger unscaled(Object value, int scale) {
    BigDecimal decimal =
        value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
    return decimal.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
  }

  /** Two's complement of a length, the most significant byte first. */
  private static Binary bytes(BigInteger number, int length) {
    byte[] least = number.toByteArray();
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (number.signum() < 0 ? -1 : 0));
    System.arraycopy(least, 0, bytes, length - least.length, least.length);
    return Binary.fromConstantByteArray(bytes);
  }

  private static Binary bytes(UUID id) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  /** A dense vector as a list of FLOAT, which every tool reads, or of INT(8). */
  private static FileColumn vector(String name, boolean isWhole) {
    Type element =
        isWhole
            ? Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.intType(Byte.SIZE, true))
                .named("element")
            : Types.required(PrimitiveTypeName.FLOAT).named("element");
    return new FileColumn(
        list(name, element),
        (value, record) -> {
          float[] vector = (float[]) value;
          record.startGroup();
          if (vector.length > 0) {
            record.startField("list", 0);
            for (float component : vector) {
              record.startGroup();
              record.startField("element", 0);
              if (isWhole) {
                record.addInteger((int) component);
              } else {
                record.addFloat(component);
              }
              record.endField("element", 0);
              record.endGroup();
            }
            record.endField("list", 0);
          }
          record.endGroup();
        });
  }

  /** A sparse vector: the indices, and beside them the values. */
  private static FileColumn sparse(String name) {
    FileColumn values = vector("values", false);
    Type indices = list("indices", Types.required(PrimitiveTypeName.INT32).named("element"));
    ValueWriter index = (value, record) -> record.addInteger((Integer) value);
    return new FileColumn(
        Types.optionalGroup().addFields(indices, values.type).named(name),
        (value, record) -> {
          SparseVectorValue sparse = (SparseVectorValue) value;
          record.startGroup();
          record.startField("indices", 0);
          elements(Arrays.stream(sparse.indices()).boxed().toList(), index, record);
          record.endField("indices", 0);
          record.startField("values", 1);
          values.writer.write(sparse.weights(), record);
          record.endField("values", 1);
          record.endGroup();
        });
  }

  /** A list in the three levels of the format's specification. */
  private static Type list(String name, Type element) {
    return Types.optionalGroup()
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.repeatedGroup().addField(element).named("list"))
        .named(name);
  }

  private static void elements(Collection<?> elements, ValueWriter writer, RecordConsumer record) {
    record.startGroup();
    if (!elements.isEmpty()) {
      record.startField("list", 0);
      for (Object element : elements) {
        record.startGroup();
        if (element != null) {
          record.startField("element", 0);
          writer.write(element, record);
          record.endField("element", 0);
        }
        record.endGroup();
      }
      record.endField("list", 0);
    }
    record.endGroup();
  }
}
