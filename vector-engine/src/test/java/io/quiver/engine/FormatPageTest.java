package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.io.StoredFile;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Reads a database by what docs/format.md says and by nothing else: no reader of the engine's is
 * used here.
 */
class FormatPageTest {
  /** Few rows, which stay in the order of their commits. */
  private static final EngineOptions OPTIONS =
      new EngineOptions((recipe, source) -> source, 1_000, 20, 1_000, 1, 42);

  private static final int ROWS = 40;

  private final FaultyFiles files = new FaultyFiles(1);
  private long database;

  /** A manifest's segment. */
  private record Segment(long id, int rows, long deletes, long patches, List<String> indexFiles) {}

  private void write() {
    var schema = Pages.schema(1);
    try (VectorEngine engine =
        VectorEngine.open(files, OPTIONS, new RecordingSubscriber(), 100_000)) {
      engine.define(Pages.create(schema));
      for (int id = 0; id < ROWS; id++) {
        engine.commit(List.of(Pages.insert(schema, Pages.row(id, "en", 7 * id, id, 1, 2, 3))), 0);
      }
      engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      WriteBatch batch = new WriteBatch(schema);
      batch.delete(WriteBatch.Expectation.ANY, new Object[] {3L});
      batch.put(WriteBatch.Expectation.ANY, Pages.row(100, "de", 9, 5, 6, 7, 8));
      for (int id = 5; id < 8; id += 2) {
        batch.update(
            WriteBatch.Expectation.UNCHANGED,
            Pages.row(id, "en", 7 * id, id, 1, 2, 3),
            Pages.row(id, "en", id == 5 ? 1_000 : 7 * id, id, 1, 2, 3));
      }
      engine.commit(List.of(batch), engine.snapshotPosition());
    }
    // The next opening writes the deletion and the patch to files of their own.
    VectorEngine.open(files, OPTIONS, new RecordingSubscriber(), 100_000).close();
  }

  private ByteBuffer bytes(String path) throws IOException {
    try (StoredFile file = files.open(path)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(MemorySegment.ofArray(bytes), 0);
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static int crc(ByteBuffer bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), from, count);
    return (int) crc.getValue();
  }

  private static String ascii(ByteBuffer bytes, int at, int count) {
    return new String(bytes.array(), at, count, StandardCharsets.ISO_8859_1);
  }

  private static String string(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  @Test
  void databaseIsReadByThePageAlone() throws IOException {
    write();
    Segment segment = manifest();
    Map<String, ByteBuffer> rows = sections("segments/" + segment.id + "/rows", 1, segment.id);
    assertThat(rows.keySet())
        .containsExactly(
            "stamps",
            "key.hashes",
            "key.slots",
            "column.0",
            "column.1",
            "column.2",
            "column.3",
            "column.4");
    assertThat(segment.rows).isEqualTo(ROWS);
    Map<Integer, ByteBuffer> ids = parts(rows.get("column.0"));
    Map<Integer, ByteBuffer> views = parts(rows.get("column.2"));
    Map<Integer, ByteBuffer> vectors = parts(rows.get("column.4"));
    ByteBuffer slots = rows.get("key.slots");
    int mask = slots.remaining() / 4 - 1;
    for (int row = 0; row < ROWS; row++) {
      assertThat(ids.get(2).getLong(8 * row)).isEqualTo(row);
      assertThat(views.get(2).getInt(4 * row)).isEqualTo(7 * row);
      // Four floats fit a stride of 16 bytes.
      assertThat(vectors.get(2).getFloat(16 * row)).isEqualTo(row);
      assertThat(vectors.get(2).getFloat(16 * row + 12)).isEqualTo(3);
      // The collection's definition is the first record, and each row has a commit of its own.
      assertThat(rows.get("stamps").getLong(8 * row)).isEqualTo((row + 2L) << 24);
      long hash = rows.get("key.hashes").getLong(8 * row);
      int slot = (int) hash & mask;
      while (slots.getInt(4 * slot) != row + 1) {
        assertThat(slots.getInt(4 * slot)).as("slot before that of row %s", row).isNotZero();
        slot = slot + 1 & mask;
      }
    }
    ByteBuffer words =
        sections("segments/" + segment.id + "/deletes-" + segment.deletes, 3, segment.id)
            .get("words");
    assertThat(words.getLong(0)).isEqualTo(1L << 3);
    Map<String, ByteBuffer> patches =
        sections("segments/" + segment.id + "/patches-" + segment.patches, 4, segment.id);
    assertThat(patches.keySet()).containsExactly("rows.2", "column.2");
    assertThat(patches.get("rows.2").capacity()).isEqualTo(4);
    assertThat(patches.get("rows.2").getInt(0)).isEqualTo(5);
    assertThat(parts(patches.get("column.2"), 1).get(2).getInt(0)).isEqualTo(1_000);
    ByteBuffer graph =
        sections("segments/" + segment.id + "/" + segment.indexFiles.getFirst(), 2, segment.id)
            .get("index");
    assertThat(graph.getLong(0)).isEqualTo(0x0100_5849_4E48_5651L);
    assertThat(graph.getInt(64 + 8)).isEqualTo(ROWS);
    log();
  }

  private Segment manifest() throws IOException {
    String[] pointer = ascii(bytes("CURRENT"), 0, bytes("CURRENT").capacity()).split(" ", -1);
    ByteBuffer name = ByteBuffer.wrap(pointer[0].getBytes(StandardCharsets.US_ASCII));
    assertThat(pointer[1]).isEqualTo(String.format("%08x\n", crc(name, 0, name.capacity())));
    ByteBuffer manifest = bytes(pointer[0]);
    assertThat(ascii(manifest, 0, 8)).isEqualTo("QVRMANI\0");
    assertThat(manifest.getInt(8)).isEqualTo(2);
    assertThat(manifest.getInt(12)).isEqualTo(manifest.capacity() - 24);
    assertThat(manifest.getInt(16)).isEqualTo(crc(manifest, 24, manifest.capacity() - 24));
    assertThat(manifest.getInt(20)).isEqualTo(crc(manifest, 0, 20));
    manifest.position(24);
    database = manifest.getLong();
    assertThat(pointer[0]).isEqualTo(String.format("manifest-%020d", manifest.getLong()));
    manifest.position(manifest.position() + 4 * 8);
    assertThat(string(manifest)).as("catalog").hasSize(1);
    assertThat(manifest.getInt()).as("collections").isEqualTo(1);
    schema(manifest);
    assertThat(manifest.getInt()).as("shards").isEqualTo(1);
    assertThat(manifest.getLong()).as("flushed").isEqualTo(ROWS + 1L);
    manifest.getLong();
    assertThat(manifest.getInt()).as("segments").isEqualTo(1);
    long id = manifest.getLong();
    int rows = manifest.getInt();
    long deletes = manifest.getLong();
    long patches = manifest.getLong();
    List<String> indexFiles = new ArrayList<>();
    int indexes = manifest.getInt();
    for (int i = 0; i < indexes; i++) {
      indexFiles.add(string(manifest));
      index(manifest);
    }
    assertThat(manifest.hasRemaining()).isFalse();
    return new Segment(id, rows, deletes, patches, indexFiles);
  }

  private static void schema(ByteBuffer bytes) {
    assertThat(bytes.getLong()).isEqualTo(Pages.COLLECTION);
    assertThat(string(bytes)).isEqualTo("pages1");
    List<String> columns = new ArrayList<>();
    int count = bytes.getInt();
    for (int i = 0; i < count; i++) {
      columns.add(bytes.getInt() + " " + string(bytes) + " " + type(bytes) + " " + bytes.get());
      assertThat(bytes.get()).as("derived").isZero();
      assertThat(bytes.get()).as("filled").isZero();
    }
    assertThat(columns)
        .containsExactly(
            "0 id INT64 0",
            "1 language STRING 1",
            "2 views INT32 1",
            "3 tags text array 1",
            "4 embedding dense 4 FLOAT32 1");
    assertThat(bytes.getInt()).as("key columns").isEqualTo(1);
    assertThat(bytes.getInt()).as("key column").isZero();
    assertThat(bytes.getInt()).as("shards").isEqualTo(1);
    assertThat(bytes.getInt()).as("shard key").isEqualTo(-1);
    assertThat(bytes.getInt()).as("indexes").isEqualTo(1);
    index(bytes);
    assertThat(bytes.getInt()).as("version").isZero();
  }

  private static String type(ByteBuffer bytes) {
    int code = bytes.get();
    return switch (code) {
      case 1 -> string(bytes);
      case 2 -> "text array";
      case 3 -> "dense " + bytes.getInt() + " " + string(bytes);
      default -> throw new AssertionError("type " + code);
    };
  }

  private static void index(ByteBuffer bytes) {
    assertThat(bytes.get()).isEqualTo((byte) 1);
    assertThat(string(bytes)).isEqualTo("embedding_index");
    assertThat(string(bytes)).isEqualTo("embedding");
    assertThat(string(bytes)).isEqualTo("L2");
    assertThat(bytes.getInt()).isEqualTo(16);
    assertThat(bytes.getInt()).isEqualTo(100);
    assertThat(string(bytes)).isEqualTo("AUTO");
  }

  private Map<String, ByteBuffer> sections(String path, int kind, long segment) throws IOException {
    ByteBuffer file = bytes(path);
    int size = file.capacity();
    assertThat(ascii(file, 0, 8)).isEqualTo("QVRFILE\0");
    assertThat(file.getInt(8)).isEqualTo(1);
    assertThat(file.getInt(12)).isEqualTo(kind);
    assertThat(file.getLong(16)).isEqualTo(database);
    assertThat(file.getLong(24)).isEqualTo(segment);
    assertThat(file.getInt(60)).isEqualTo(crc(file, 0, 60));
    int footer = size - 32;
    assertThat(file.getLong(footer + 8)).isEqualTo(size);
    assertThat(ascii(file, footer + 24, 4)).isEqualTo("QEND");
    assertThat(file.getInt(footer + 28)).isEqualTo(crc(file, footer, 28));
    int table = (int) file.getLong(footer);
    int tableLength = file.getInt(footer + 16);
    assertThat(table % 8).isZero();
    assertThat(file.getInt(footer + 20)).isEqualTo(crc(file, table, tableLength));
    Map<String, ByteBuffer> sections = new java.util.LinkedHashMap<>();
    file.position(table);
    while (file.position() < table + tableLength) {
      String name = string(file);
      int offset = (int) file.getLong();
      int length = (int) file.getLong();
      assertThat(offset % 64).isZero();
      assertThat(file.getInt()).as(name).isEqualTo(crc(file, offset, length));
      sections.put(name, file.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN));
    }
    return sections;
  }

  private static Map<Integer, ByteBuffer> parts(ByteBuffer section) {
    return parts(section, ROWS);
  }

  private static Map<Integer, ByteBuffer> parts(ByteBuffer section, int rows) {
    int tail = section.capacity() - 24;
    assertThat(section.getInt(tail + 8)).as("rows").isEqualTo(rows);
    assertThat(section.getInt(tail + 16)).as("magic").isEqualTo(0x53545051);
    int count = section.getInt(tail);
    Map<Integer, ByteBuffer> parts = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = tail - 24 * (count - i);
      parts.put(
          section.getInt(entry),
          section
              .slice((int) section.getLong(entry + 8), (int) section.getLong(entry + 16))
              .order(ByteOrder.LITTLE_ENDIAN));
    }
    return parts;
  }

  private void log() throws IOException {
    String path =
        files.paths().stream().filter(name -> name.endsWith(".log")).findFirst().orElseThrow();
    ByteBuffer log = bytes(path);
    long first = log.getLong(24);
    assertThat(path).isEqualTo(String.format("log/%020d.log", first));
    assertThat(ascii(log, 0, 8)).isEqualTo("QVRLOG\0\0");
    assertThat(log.getInt(8)).isEqualTo(1);
    assertThat(log.getLong(16)).isEqualTo(database);
    assertThat(log.getInt(60)).isEqualTo(crc(log, 0, 60));
    byte[] seed = new byte[8];
    ByteBuffer.wrap(seed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong((database ^ first * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L);
    long position = first;
    int before = 0;
    int at = 64;
    int lastCount = -1;
    List<String> records = new ArrayList<>();
    while (at < log.capacity()) {
      int length = log.getInt(at);
      CRC32C crc = new CRC32C();
      crc.update(seed);
      crc.update(log.array(), at, 4);
      crc.update(log.array(), at + 8, 16 + length);
      assertThat(log.getInt(at + 4))
          .as("crc of the frame at %s", at)
          .isEqualTo((int) crc.getValue());
      assertThat(log.getInt(at + 8)).isEqualTo(before);
      assertThat(log.getLong(at + 16)).isEqualTo(position);
      before = log.getInt(at + 4);
      lastCount = log.getInt(at + 12);
      int next = at + 24;
      for (int i = 0; i < lastCount; i++) {
        int payload = log.getInt(next);
        records.add(position + i + " " + log.getInt(next + 4));
        if (position + i == ROWS + 2) {
          lastCommit(log.slice(next + 8, payload).order(ByteOrder.LITTLE_ENDIAN));
        }
        next += (8 + payload + 7) & -8;
      }
      assertThat(next).isEqualTo(at + 24 + length);
      position += lastCount;
      at += 24 + length;
    }
    assertThat(lastCount).as("records in the frame that ends the log").isZero();
    assertThat(records).startsWith("1 2", "2 1").endsWith(ROWS + 2 + " 1").hasSize(ROWS + 2);
  }

  private static void lastCommit(ByteBuffer record) {
    assertThat(record.getInt()).as("parts").isEqualTo(1);
    assertThat(record.getLong()).isEqualTo(Pages.COLLECTION);
    assertThat(record.getInt()).as("shard").isZero();
    int columns = record.getInt();
    int[] codes = new int[columns];
    for (int i = 0; i < columns; i++) {
      assertThat(record.getInt()).isEqualTo(i);
      codes[i] = record.get();
    }
    assertThat(codes).containsExactly(3, 7, 2, 10, 11);
    assertThat(record.getInt()).as("changes").isEqualTo(4);
    assertThat(record.get()).as("delete").isZero();
    assertThat(record.getInt()).as("ordinal").isZero();
    assertThat(record.getInt()).as("length of the key").isEqualTo(8);
    assertThat(record.getLong()).isEqualTo(3);
    assertThat(record.get()).as("put").isEqualTo((byte) 1);
    assertThat(record.getInt()).as("ordinal").isEqualTo(1);
    assertThat(record.getInt()).as("length of the key").isEqualTo(8);
    assertThat(record.getLong()).isEqualTo(100);
    assertThat(record.get()).isEqualTo((byte) 1);
    assertThat(record.getLong()).isEqualTo(100);
    assertThat(record.get()).isEqualTo((byte) 1);
    assertThat(string(record)).isEqualTo("de");
    assertThat(record.get()).isEqualTo((byte) 1);
    assertThat(record.getInt()).isEqualTo(9);
    assertThat(record.get()).isEqualTo((byte) 1);
    assertThat(record.getInt()).isEqualTo(2);
    assertThat(string(record)).isEqualTo("de");
    assertThat(string(record)).isEqualTo("page");
    assertThat(record.get()).isEqualTo((byte) 1);
    assertThat(record.getInt()).isEqualTo(4);
    for (float component : new float[] {5, 6, 7, 8}) {
      assertThat(record.getFloat()).isEqualTo(component);
    }
    for (int id = 5; id < 8; id += 2) {
      assertThat(record.get()).as("patch").isEqualTo((byte) 2);
      assertThat(record.getInt()).as("ordinal").isEqualTo(id == 5 ? 2 : 3);
      assertThat(record.getInt()).as("length of the key").isEqualTo(8);
      assertThat(record.getLong()).isEqualTo(id);
      assertThat(record.getInt()).as("columns patched").isEqualTo(id == 5 ? 1 : 0);
      if (id == 5) {
        assertThat(record.getInt()).as("place of the column").isEqualTo(2);
        assertThat(record.get()).isEqualTo((byte) 1);
        assertThat(record.getInt()).isEqualTo(1_000);
      }
    }
    assertThat(record.hasRemaining()).isFalse();
  }
}
