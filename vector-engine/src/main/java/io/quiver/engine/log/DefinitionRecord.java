package io.quiver.engine.log;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.schema.SchemaCodec;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import java.util.ArrayList;
import java.util.List;

/**
 * A definition as bytes.
 *
 * <pre>
 * u32 changes, each: u8 1 create, schema | u8 2 drop, u64 id | u8 3 replace, schema
 *   | u8 4 truncate, u64 id
 * u32 length, record of the catalog
 * </pre>
 */
public final class DefinitionRecord {
  private static final int CREATE = 1;
  private static final int DROP = 2;
  private static final int REPLACE = 3;
  private static final int TRUNCATE = 4;

  private DefinitionRecord() {}

  /** Bytes for the log. */
  public static byte[] encode(Definition definition) {
    ByteWriter writer = new ByteWriter(256);
    writer.putInt(definition.changes().size());
    for (SchemaChange change : definition.changes()) {
      switch (change) {
        case SchemaChange.Create create ->
            SchemaCodec.write(writer.putByte(CREATE), create.schema());
        case SchemaChange.Drop drop -> writer.putByte(DROP).putLong(drop.collection());
        case SchemaChange.Replace replace ->
            SchemaCodec.write(writer.putByte(REPLACE), replace.schema());
        case SchemaChange.Truncate truncate ->
            writer.putByte(TRUNCATE).putLong(truncate.collection());
      }
    }
    return writer.putBytes(definition.catalogRecord()).toBytes();
  }

  /** Reads a definition back. */
  public static Definition decode(byte[] payload) {
    ByteReader reader = new ByteReader(payload);
    int count = reader.takeCount();
    List<SchemaChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = reader.takeByte();
      changes.add(
          switch (kind) {
            case CREATE -> new SchemaChange.Create(SchemaCodec.read(reader));
            case DROP -> new SchemaChange.Drop(reader.takeLong());
            case REPLACE -> new SchemaChange.Replace(SchemaCodec.read(reader));
            case TRUNCATE -> new SchemaChange.Truncate(reader.takeLong());
            default -> throw new IllegalArgumentException("Unknown schema change " + kind);
          });
    }
    return new Definition(changes, reader.takeBytes());
  }
}
