package io.quiver.engine.manifest;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.SchemaCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Everything durable but the log: schemas, the catalog's state, and which files hold which rows.
 *
 * <pre>
 * u64 database | u64 number | u64 position | u64 openings | u64 next collection | u64 next segment
 *   | u32 length, catalog | u32 collections
 * collection: schema | u32 shards
 * shard: u64 flushed | u64 forgotten | u32 segments
 * segment: u64 id | u32 rows | u64 deletes | u64 patches (not in version 1)
 *   | u32 indexes, each: file | index specification
 * </pre>
 *
 * @param database drawn at random when the database was made
 * @param number of this manifest, one more than that of the last
 * @param position of the log up to which definitions are applied here
 * @param openings how often the database was opened
 * @param nextCollection larger than every collection id ever used
 * @param nextSegment larger than every segment id used here
 * @param catalog the {@link io.quiver.engine.LogSubscriber}'s state at {@code position}
 */
public record Manifest(
    long database,
    long number,
    long position,
    long openings,
    long nextCollection,
    long nextSegment,
    byte[] catalog,
    List<CollectionEntry> collections) {
  /** One collection. */
  public record CollectionEntry(CollectionSchema schema, List<ShardEntry> shards) {}

  /**
   * One shard.
   *
   * @param flushed position up to which its rows are in {@code segments}
   * @param forgotten largest position of a deletion whose row is nowhere any more
   */
  public record ShardEntry(long flushed, long forgotten, List<SegmentEntry> segments) {}

  /**
   * One sealed segment.
   *
   * @param deletes version of the file that says which rows are deleted; 0 if none is
   * @param patches version of the file with the values that rows were given later; 0 if none were
   */
  public record SegmentEntry(
      long id, int rows, long deletes, long patches, List<IndexEntry> indexes) {}

  /** One index of a segment, and the name of its file in the segment's directory. */
  public record IndexEntry(String file, IndexSpec spec) {}

  /** Position up to which every row of every shard is in a segment. */
  public long flushed() {
    long flushed = position;
    for (CollectionEntry collection : collections) {
      for (ShardEntry shard : collection.shards) {
        flushed = Math.min(flushed, shard.flushed);
      }
    }
    return flushed;
  }

  byte[] encode() {
    ByteWriter writer = new ByteWriter(4096);
    writer.putLong(database).putLong(number).putLong(position).putLong(openings);
    writer.putLong(nextCollection).putLong(nextSegment).putBytes(catalog);
    list(
        writer,
        collections,
        (w, collection) -> {
          SchemaCodec.write(w, collection.schema);
          list(w, collection.shards, Manifest::writeShard);
        });
    return writer.toBytes();
  }

  private static void writeShard(ByteWriter writer, ShardEntry shard) {
    writer.putLong(shard.flushed).putLong(shard.forgotten);
    list(
        writer,
        shard.segments,
        (w, segment) -> {
          w.putLong(segment.id).putInt(segment.rows);
          w.putLong(segment.deletes).putLong(segment.patches);
          list(
              w,
              segment.indexes,
              (v, index) -> SchemaCodec.writeIndex(v.putString(index.file), index.spec));
        });
  }

  private static <T> void list(ByteWriter writer, List<T> list, BiConsumer<ByteWriter, T> each) {
    writer.putInt(list.size());
    list.forEach(element -> each.accept(writer, element));
  }

  /**
   * Reads a manifest back.
   *
   * @param version of its format, 1 or 2
   */
  static Manifest decode(byte[] bytes, int version) {
    ByteReader reader = new ByteReader(bytes);
    return new Manifest(
        reader.takeLong(),
        reader.takeLong(),
        reader.takeLong(),
        reader.takeLong(),
        reader.takeLong(),
        reader.takeLong(),
        reader.takeBytes(),
        list(
            reader,
            r -> new CollectionEntry(SchemaCodec.read(r), list(r, s -> shard(s, version)))));
  }

  private static ShardEntry shard(ByteReader reader, int version) {
    return new ShardEntry(
        reader.takeLong(),
        reader.takeLong(),
        list(
            reader,
            r ->
                new SegmentEntry(
                    r.takeLong(),
                    r.takeInt(),
                    r.takeLong(),
                    version == 1 ? 0 : r.takeLong(),
                    list(r, v -> new IndexEntry(v.takeString(), SchemaCodec.readIndex(v))))));
  }

  private static <T> List<T> list(ByteReader reader, Function<ByteReader, T> each) {
    int count = reader.takeCount();
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(each.apply(reader));
    }
    return List.copyOf(list);
  }
}
