package io.quiver.engine.schema;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A schema as bytes, for the log and the manifest. Enum constants are written by name.
 *
 * <pre>
 * u64 id | name | u32 columns | u32 key columns, u32 ordinal each | u32 shards
 *   | u32 shard key ordinal or -1 | u32 indexes | u32 version
 * column: u32 id | name | type | u8 nullable | u8 derived, if 1: source, recipe
 *   | u8 filled, if 1: recipe
 * type: u8 1 scalar, kind | u8 2 text array | u8 3 dense, u32 dimension, element
 *   | u8 4 sparse, u32 dimension | u8 5 multivector, u32 dimension
 * index: u8 kind | name | column | 1 hnsw: metric, u32 m, u32 ef, quantization | 2 inverted
 *   | 3 bm25: f64 k1, f64 b | 4 payload | 5 muvera: u32 m, u32 ef | 6 hnsw with tenants: as 1, then
 *   the tenants' column
 * </pre>
 */
public final class SchemaCodec {
  private SchemaCodec() {}

  public static void write(ByteWriter writer, CollectionSchema schema) {
    writer.putLong(schema.id()).putString(schema.name()).putInt(schema.columns().size());
    for (ColumnSpec column : schema.columns()) {
      writer.putInt(column.id()).putString(column.name());
      writeType(writer, column.type());
      writer.putByte(column.nullable() ? 1 : 0).putByte(column.derivation().isPresent() ? 1 : 0);
      column.derivation().ifPresent(d -> writer.putString(d.source()).putString(d.recipe()));
      writer.putByte(column.fill().isPresent() ? 1 : 0);
      column.fill().ifPresent(writer::putString);
    }
    writer.putInt(schema.key().size());
    schema.key().forEach(writer::putInt);
    writer.putInt(schema.shards()).putInt(schema.shardKey().orElse(-1));
    writer.putInt(schema.indexes().size());
    for (IndexSpec index : schema.indexes()) {
      writeIndex(writer, index);
    }
    writer.putInt(schema.version());
  }

  private static void writeType(ByteWriter writer, ColumnType type) {
    switch (type) {
      case ColumnType.Scalar scalar -> writer.putByte(1).putString(scalar.kind().name());
      case ColumnType.TextArray array -> writer.putByte(2);
      case ColumnType.DenseVector dense ->
          writer.putByte(3).putInt(dense.dimension()).putString(dense.element().name());
      case ColumnType.SparseVector sparse -> writer.putByte(4).putInt(sparse.dimension());
      case ColumnType.MultiVector multi -> writer.putByte(5).putInt(multi.dimension());
    }
  }

  public static void writeIndex(ByteWriter writer, IndexSpec index) {
    switch (index) {
      case IndexSpec.Hnsw hnsw -> {
        named(writer, hnsw.tenant().isEmpty() ? 1 : 6, index)
            .putString(hnsw.metric().name())
            .putInt(hnsw.m());
        writer.putInt(hnsw.efConstruction()).putString(hnsw.quantization().name());
        hnsw.tenant().ifPresent(writer::putString);
      }
      case IndexSpec.Inverted inverted -> named(writer, 2, index);
      case IndexSpec.Bm25 bm25 -> named(writer, 3, index).putDouble(bm25.k1()).putDouble(bm25.b());
      case IndexSpec.Payload payload -> named(writer, 4, index);
      case IndexSpec.Muvera muvera ->
          named(writer, 5, index).putInt(muvera.m()).putInt(muvera.efConstruction());
    }
  }

  private static ByteWriter named(ByteWriter writer, int kind, IndexSpec index) {
    return writer.putByte(kind).putString(index.name()).putString(index.column());
  }

  public static CollectionSchema read(ByteReader reader) {
    long id = reader.takeLong();
    String name = reader.takeString();
    int width = reader.takeCount();
    List<ColumnSpec> columns = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      columns.add(
          new ColumnSpec(
              reader.takeInt(),
              reader.takeString(),
              readType(reader),
              reader.takeBoolean(),
              reader.takeBoolean()
                  ? Optional.of(new Derivation(reader.takeString(), reader.takeString()))
                  : Optional.empty(),
              reader.takeBoolean() ? Optional.of(reader.takeString()) : Optional.empty()));
    }
    int parts = reader.takeCount();
    List<Integer> key = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      key.add(reader.takeInt());
    }
    int shards = reader.takeInt();
    int shardKey = reader.takeInt();
    int count = reader.takeCount();
    List<IndexSpec> indexes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      indexes.add(readIndex(reader));
    }
    return new CollectionSchema(
        id,
        name,
        columns,
        key,
        shards,
        shardKey < 0 ? OptionalInt.empty() : OptionalInt.of(shardKey),
        indexes,
        reader.takeInt());
  }

  private static ColumnType readType(ByteReader reader) {
    int kind = reader.takeByte();
    return switch (kind) {
      case 1 -> new ColumnType.Scalar(ScalarKind.valueOf(reader.takeString()));
      case 2 -> new ColumnType.TextArray();
      case 3 ->
          new ColumnType.DenseVector(reader.takeInt(), VectorElement.valueOf(reader.takeString()));
      case 4 -> new ColumnType.SparseVector(reader.takeInt());
      case 5 -> new ColumnType.MultiVector(reader.takeInt());
      default -> throw new IllegalArgumentException("Unknown column type " + kind);
    };
  }

  public static IndexSpec readIndex(ByteReader reader) {
    int kind = reader.takeByte();
    String name = reader.takeString();
    String column = reader.takeString();
    return switch (kind) {
      case 1 -> readHnsw(reader, name, column);
      case 2 -> new IndexSpec.Inverted(name, column);
      case 3 -> new IndexSpec.Bm25(name, column, reader.takeDouble(), reader.takeDouble());
      case 4 -> new IndexSpec.Payload(name, column);
      case 5 -> new IndexSpec.Muvera(name, column, reader.takeInt(), reader.takeInt());
      case 6 -> readHnsw(reader, name, column).withTenant(Optional.of(reader.takeString()));
      default -> throw new IllegalArgumentException("Unknown index kind " + kind);
    };
  }

  private static IndexSpec.Hnsw readHnsw(ByteReader reader, String name, String column) {
    return new IndexSpec.Hnsw(
        name,
        column,
        DistanceMetric.valueOf(reader.takeString()),
        reader.takeInt(),
        reader.takeInt(),
        Quantization.valueOf(reader.takeString()));
  }
}
