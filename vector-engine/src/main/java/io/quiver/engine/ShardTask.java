package io.quiver.engine;

import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.SealedSegment;
import java.util.List;

/** One piece of background work. */
sealed interface ShardTask {
  /** Tasks of one key do not run at the same time. */
  record Key(String kind, long collection, int shard) {}

  Key key();

  /** For messages. */
  String describe();

  /** Write the oldest frozen memtable of a shard to a file. */
  record Seal(long collection, int shard, Memtable memtable) implements ShardTask {
    @Override
    public Key key() {
      return new Key("seal", collection, shard);
    }

    @Override
    public String describe() {
      return "Sealing shard " + shard + " of collection " + collection;
    }
  }

  /** Make one segment of several, or of one that wastes room. */
  record Merge(long collection, int shard, List<SealedSegment> sources) implements ShardTask {
    @Override
    public Key key() {
      return new Key("shape", collection, shard);
    }

    @Override
    public String describe() {
      return "Merging " + sources.size() + " segments of collection " + collection;
    }
  }

  /** Build an index over a segment. */
  record Build(long collection, int shard, SealedSegment segment, IndexSpec spec)
      implements ShardTask {
    @Override
    public Key key() {
      return new Key("shape", collection, shard);
    }

    @Override
    public String describe() {
      return "Building index " + spec.name() + " of collection " + collection;
    }
  }

  /** Bring the manifest up to the layout, as after a collection was dropped. */
  record WriteManifest() implements ShardTask {
    @Override
    public Key key() {
      return new Key("manifest", -1, -1);
    }

    @Override
    public String describe() {
      return "Writing the manifest";
    }
  }
}
