package io.quiver.engine.log;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.write.ColumnDeriver;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit, by collection and shard.
 *
 * <pre>
 * u32 parts, each: u64 collection | u32 shard
 *   | u32 columns, each: u32 column id | u8 value code
 *   | u32 changes, each: u8 1 put, 0 delete, 2 patch | u32 ordinal | u32 length, key | values if
 *     put; if patch u32 columns, each: u32 place in the columns | value
 * value: u8 1 present, 0 absent | as its code says
 * </pre>
 *
 * Every key occurs once in a record.
 */
public record CommitRecord(List<Part> parts) {
  private static final int DELETE = 0;
  private static final int PUT = 1;
  private static final int PATCH = 2;

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
        write(writer, change, codecs);
      }
    }
    return writer.toBytes();
  }

  private static void write(ByteWriter writer, RowChange change, ValueCodec[] codecs) {
    @Nullable Object[] values = change.values();
    int[] patched = change.columns();
    writer.putByte(values == null ? DELETE : patched == null ? PUT : PATCH);
    writer.putInt(change.ordinal()).putBytes(change.key().bytes());
    if (values != null && patched == null) {
      for (int i = 0; i < codecs.length; i++) {
        codecs[i].writeNullable(writer, values[i]);
      }
    } else if (values != null && patched != null) {
      writer.putInt(patched.length);
      for (int i = 0; i < patched.length; i++) {
        codecs[patched[i]].writeNullable(writer.putInt(patched[i]), values[i]);
      }
    }
  }

  /**
   * Reads a record back under the schemas that stand when it is replayed, which may be later ones
   * than it was written under: columns dropped since and parts of collections dropped since are
   * passed over, columns added since have their fill or null, or are derived now if they can be.
   *
   * @param schemas by collection id
   */
  public static CommitRecord decode(
      byte[] payload, Map<Long, CollectionSchema> schemas, ColumnDeriver deriver) {
    ByteReader reader = new ByteReader(payload);
    int count = reader.takeCount();
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Part part = part(reader, schemas, deriver);
      if (part != null) {
        parts.add(part);
      }
    }
    return new CommitRecord(parts);
  }

  private static @Nullable Part part(
      ByteReader reader, Map<Long, CollectionSchema> schemas, ColumnDeriver deriver) {
    CollectionSchema schema = schemas.get(reader.takeLong());
    int shard = reader.takeInt();
    List<ColumnSpec> columns = schema == null ? List.of() : schema.columns();
    Map<Integer, Integer> ordinals = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      ordinals.put(columns.get(i).id(), i);
    }
    ValueCodec[] codecs = new ValueCodec[reader.takeCount()];
    int[] targets = new int[codecs.length];
    Set<Integer> written = new HashSet<>();
    for (int i = 0; i < codecs.length; i++) {
      int id = reader.takeInt();
      written.add(id);
      targets[i] = ordinals.getOrDefault(id, -1);
      codecs[i] = ValueCodec.ofCode(reader.takeByte());
    }
    List<ColumnSpec> derivedSince = new ArrayList<>();
    @Nullable Object[] fills = new @Nullable Object[columns.size()];
    for (int i = 0; i < fills.length; i++) {
      ColumnSpec column = columns.get(i);
      if (!written.contains(column.id())) {
        if (column.derivation().isPresent()) {
          derivedSince.add(column);
        } else if (column.fill().isPresent()) {
          fills[i] = deriver.derive(column.fill().get(), null);
        }
      }
    }
    int count = reader.takeCount();
    List<RowChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = reader.takeByte();
      int ordinal = reader.takeInt();
      RowKey key = RowKey.ofBytes(reader.takeBytes());
      @Nullable Object[] values = null;
      if (kind == PATCH) {
        Patch patch = Patch.read(reader, codecs, targets, columns.size());
        for (ColumnSpec column : derivedSince) {
          patch.derive(columns, column, deriver);
        }
        changes.add(new RowChange(key, ordinal, patch.columns(), patch.values()));
        continue;
      }
      if (kind == PUT) {
        values = fills.clone();
        for (int column = 0; column < codecs.length; column++) {
          Object value = codecs[column].readNullable(reader);
          if (targets[column] >= 0) {
            values[targets[column]] = value;
          }
        }
        for (ColumnSpec column : derivedSince) {
          Derivation derivation = column.derivation().orElseThrow();
          int source = schema == null ? -1 : schema.ordinal(derivation.source()).orElseThrow();
          values[columns.indexOf(column)] = deriver.derive(derivation.recipe(), values[source]);
        }
      }
      changes.add(new RowChange(key, ordinal, null, values));
    }
    return schema == null ? null : new Part(schema, shard, changes);
  }

  /**
   * New values of one row as they are read.
   *
   * @param all by ordinal, of which those in {@code patched} count
   */
  private record Patch(@Nullable Object[] all, BitSet patched) {
    static Patch read(ByteReader reader, ValueCodec[] codecs, int[] targets, int columns) {
      Patch patch = new Patch(new @Nullable Object[columns], new BitSet());
      int count = reader.takeCount();
      for (int i = 0; i < count; i++) {
        int place = reader.takeInt();
        Object value = codecs[place].readNullable(reader);
        if (targets[place] >= 0) {
          patch.all[targets[place]] = value;
          patch.patched.set(targets[place]);
        }
      }
      return patch;
    }

    /** A column added since follows its source, if that is patched. */
    void derive(List<ColumnSpec> columns, ColumnSpec column, ColumnDeriver deriver) {
      Derivation derivation = column.derivation().orElseThrow();
      for (int source = 0; source < columns.size(); source++) {
        if (columns.get(source).name().equals(derivation.source()) && patched.get(source)) {
          int target = columns.indexOf(column);
          all[target] = deriver.derive(derivation.recipe(), all[source]);
          patched.set(target);
        }
      }
    }

    int[] columns() {
      return patched.stream().toArray();
    }

    @Nullable Object[] values() {
      return patched.stream().mapToObj(column -> all[column]).toArray();
    }
  }
}
