package io.quiver.engine.key;

import io.quiver.engine.schema.CollectionSchema;

/** Which shard a row belongs to: hash of its key, or of its shard key, to bucket, to shard. */
public final class Sharding {
  private Sharding() {}

  /**
   * The shard of a row.
   *
   * @param values of the schema's key, in its order
   * @param key of all of these values
   */
  public static int shard(CollectionSchema schema, Object[] values, RowKey key) {
    if (schema.shards() == 1) {
      return 0;
    }
    if (schema.shardKey().isEmpty()) {
      return shard(schema, key);
    }
    int part = schema.key().indexOf(schema.shardKey().getAsInt());
    return shard(schema, RowKey.of(values[part]));
  }

  /** The shard of all rows whose shard key (or, without one, whole key) is this. */
  public static int shard(CollectionSchema schema, RowKey shardKey) {
    return shardKey.bucket() % schema.shards();
  }
}
