package io.quiver.engine.write;

import java.util.List;

/**
 * A data definition statement: what it changes in the engine, and what the catalog above wants to
 * remember of it. One log record; both or neither.
 *
 * @param changes may be empty, for a view or a comment
 * @param catalogRecord handed as it is to the {@link io.quiver.engine.LogSubscriber}
 */
public record Definition(List<SchemaChange> changes, byte[] catalogRecord) {
  public Definition {
    changes = List.copyOf(changes);
  }
}
