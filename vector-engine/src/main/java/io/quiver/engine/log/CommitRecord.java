package io.quiver.engine.log;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit, by collection and shard.
 *
 * <pre>
 * u32 parts, each: u64 collection | u32 shard
 *   | u32 columns, each: u32 column id | u8 value code
 *   | u32 changes, each: u8 1 put, 0 delete | u32 ordinal | u32 length, key | values if put
 * value: u8 1 present, 0 absent | as its code says
 * </pre>
 *
 * Every key occurs once in a record.
 */
public record CommitRecord(List<Part> parts) {
  /** Changes to one shard. */
  public record Part(CollectionSchema schema, int shard, List<RowChange> changes) {}

  /** Bytes for the log. */
  public byte[] encode() {
    ByteWriter writer = new ByteWriter(1024);
    writer.putInt(parts.size());
    for (Part part : parts) {
      writer.putLong(part.schema.id()).putInt(part.shard);
      List<ColumnSpec> columns = part.schema.columns();
      ValueCodec[] codecs = new ValueCodec[columns.size()];
      writer.putInt(codecs.length);
      for (int i = 0; i < codecs.length; i++) {
        codecs[i] = ValueCodec.of(columns.get(i).type());
        writer.putInt(columns.get(i).id()).putByte(codecs[i].code());
      }
      writer.putInt(part.changes.size());
      for (RowChange change : part.changes) {
        @Nullable Object[] values = change.values();
        writer.putByte(values == null ? 0 : 1).putInt(change.ordinal());
        writer.putBytes(change.key().bytes());
        if (values != null) {
          for (int i = 0; i < codecs.length; i++) {
            codecs[i].writeNullable(writer, values[i]);
          }
        }
      }
    }
    return writer.toBytes();
  }

  /**
   * Reads a record back under the schemas that stand when it is replayed, which may be later ones
   * than it was written under: columns dropped since are passed over, columns added since are null,
   * and so are parts of collections dropped since.
   *
   * @param schemas by collection id
   */
  public static CommitRecord decode(byte[] payload, Map<Long, CollectionSchema> schemas) {
    ByteReader reader = new ByteReader(payload);
    int count = reader.takeCount();
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Part part = part(reader, schemas);
      if (part != null) {
        parts.add(part);
      }
    }
    return new CommitRecord(parts);
  }

  private static @Nullable Part part(ByteReader reader, Map<Long, CollectionSchema> schemas) {
    CollectionSchema schema = schemas.get(reader.takeLong());
    int shard = reader.takeInt();
    List<ColumnSpec> columns = schema == null ? List.of() : schema.columns();
    Map<Integer, Integer> ordinals = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      ordinals.put(columns.get(i).id(), i);
    }
    ValueCodec[] codecs = new ValueCodec[reader.takeCount()];
    int[] targets = new int[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      targets[i] = ordinals.getOrDefault(reader.takeInt(), -1);
      codecs[i] = ValueCodec.ofCode(reader.takeByte());
    }
    int count = reader.takeCount();
    List<RowChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean put = reader.takeBoolean();
      int ordinal = reader.takeInt();
      RowKey key = RowKey.ofBytes(reader.takeBytes());
      @Nullable Object[] values = null;
      if (put) {
        values = new @Nullable Object[columns.size()];
        for (int column = 0; column < codecs.length; column++) {
          Object value = codecs[column].readNullable(reader);
          if (targets[column] >= 0) {
            values[targets[column]] = value;
          }
        }
      }
      changes.add(new RowChange(key, ordinal, values));
    }
    return schema == null ? null : new Part(schema, shard, changes);
  }
}
