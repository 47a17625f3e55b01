package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;

/** A collection's schema and shards. */
record CollectionLayout(CollectionSchema schema, List<ShardLayout> shards) {
  CollectionLayout {
    shards = List.copyOf(shards);
  }

  CollectionLayout withShard(int index, ShardLayout shard) {
    List<ShardLayout> changed = new ArrayList<>(shards);
    changed.set(index, shard);
    return new CollectionLayout(schema, changed);
  }
}
