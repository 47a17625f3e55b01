package io.quiver.engine.log;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values of one column type as bytes, readable without the schema so that a dropped column's can be
 * passed over.
 */
enum ValueCodec {
  BOOLEAN(1) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putByte((Boolean) value ? 1 : 0);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeBoolean();
    }
  },
  INT32(2) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putInt((Integer) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeInt();
    }
  },
  INT64(3) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putLong((Long) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeLong();
    }
  },
  FLOAT32(4) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putFloat((Float) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeFloat();
    }
  },
  FLOAT64(5) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putDouble((Double) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeDouble();
    }
  },
  DECIMAL(6) {
    @Override
    void write(ByteWriter writer, Object value) {
      BigDecimal number = (BigDecimal) value;
      writer.putInt(number.scale()).putBytes(number.unscaledValue().toByteArray());
    }

    @Override
    Object read(ByteReader reader) {
      int scale = reader.takeInt();
      return new BigDecimal(new BigInteger(reader.takeBytes()), scale);
    }
  },
  STRING(7) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putString((String) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeString();
    }
  },
  UUID_VALUE(8) {
    @Override
    void write(ByteWriter writer, Object value) {
      UUID uuid = (UUID) value;
      writer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    @Override
    Object read(ByteReader reader) {
      return new UUID(reader.takeLong(), reader.takeLong());
    }
  },
  BINARY(9) {
    @Override
    void write(ByteWriter writer, Object value) {
      writer.putBytes((byte[]) value);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeBytes();
    }
  },
  TEXT_ARRAY(10) {
    @Override
    void write(ByteWriter writer, Object value) {
      String[] texts = (String[]) value;
      writer.putInt(texts.length);
      for (String text : texts) {
        writer.putString(text);
      }
    }

    @Override
    Object read(ByteReader reader) {
      String[] texts = new String[reader.takeCount()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = reader.takeString();
      }
      return texts;
    }
  },
  DENSE_FLOAT32(11) {
    @Override
    void write(ByteWriter writer, Object value) {
      float[] vector = (float[]) value;
      writer.putInt(vector.length).putFloats(vector);
    }

    @Override
    Object read(ByteReader reader) {
      return reader.takeFloats(reader.takeInt());
    }
  },
  DENSE_FLOAT16(12) {
    @Override
    void write(ByteWriter writer, Object value) {
      float[] vector = (float[]) value;
      writer.putInt(vector.length);
      writeHalves(writer, vector);
    }

    @Override
    Object read(ByteReader reader) {
      return readHalves(reader, reader.takeCount());
    }
  },
  DENSE_INT8(13) {
    @Override
    void write(ByteWriter writer, Object value) {
      float[] vector = (float[]) value;
      writer.putInt(vector.length);
      for (float component : vector) {
        writer.putByte((int) component);
      }
    }

    @Override
    Object read(ByteReader reader) {
      float[] vector = new float[reader.takeCount()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = reader.takeByte();
      }
      return vector;
    }
  },
  SPARSE(14) {
    @Override
    void write(ByteWriter writer, Object value) {
      SparseVectorValue vector = (SparseVectorValue) value;
      writer.putInt(vector.size());
      for (int index : vector.indices()) {
        writer.putInt(index);
      }
      writer.putFloats(vector.weights());
    }

    @Override
    Object read(ByteReader reader) {
      int[] indices = new int[reader.takeCount()];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = reader.takeInt();
      }
      return new SparseVectorValue(indices, reader.takeFloats(indices.length));
    }
  },
  MULTI(15) {
    @Override
    void write(ByteWriter writer, Object value) {
      float[][] rows = (float[][]) value;
      writer.putInt(rows.length).putInt(rows.length == 0 ? 0 : rows[0].length);
      for (float[] row : rows) {
        writeHalves(writer, row);
      }
    }

    @Override
    Object read(ByteReader reader) {
      int count = reader.takeCount();
      int dimension = reader.takeInt();
      float[][] rows = new float[count][];
      for (int i = 0; i < count; i++) {
        rows[i] = readHalves(reader, dimension);
      }
      return rows;
    }
  };

  private final int code;

  ValueCodec(int code) {
    this.code = code;
  }

  abstract void write(ByteWriter writer, Object value);

  abstract Object read(ByteReader reader);

  /** A value or its absence. */
  final void writeNullable(ByteWriter writer, @Nullable Object value) {
    if (value == null) {
      writer.putByte(0);
    } else {
      writer.putByte(1);
      write(writer, value);
    }
  }

  final @Nullable Object readNullable(ByteReader reader) {
    return reader.takeBoolean() ? read(reader) : null;
  }

  /** What stands for this codec in a record. */
  final int code() {
    return code;
  }

  static ValueCodec ofCode(int code) {
    for (ValueCodec codec : values()) {
      if (codec.code == code) {
        return codec;
      }
    }
    throw new IllegalArgumentException("Unknown value code " + code);
  }

  static ValueCodec of(ColumnType type) {
    return switch (type) {
      case ColumnType.Scalar scalar ->
          switch (scalar.kind()) {
            case BOOLEAN -> BOOLEAN;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case FLOAT32 -> FLOAT32;
            case FLOAT64 -> FLOAT64;
            case DECIMAL -> DECIMAL;
            case STRING -> STRING;
            case UUID -> UUID_VALUE;
            case BINARY -> BINARY;
          };
      case ColumnType.TextArray array -> TEXT_ARRAY;
      case ColumnType.DenseVector vector -> dense(vector.element());
      case ColumnType.SparseVector sparse -> SPARSE;
      case ColumnType.MultiVector multi -> MULTI;
    };
  }

  private static ValueCodec dense(VectorElement element) {
    return switch (element) {
      case FLOAT32 -> DENSE_FLOAT32;
      case FLOAT16 -> DENSE_FLOAT16;
      case INT8 -> DENSE_INT8;
    };
  }

  private static void writeHalves(ByteWriter writer, float[] vector) {
    for (float component : vector) {
      short half = Float.floatToFloat16(component);
      writer.putByte(half).putByte(half >>> 8);
    }
  }

  private static float[] readHalves(ByteReader reader, int count) {
    float[] vector = new float[count];
    for (int i = 0; i < count; i++) {
      int low = reader.takeByte() & 0xFF;
      vector[i] = Float.float16ToFloat((short) (low | reader.takeByte() << 8));
    }
    return vector;
  }
}
