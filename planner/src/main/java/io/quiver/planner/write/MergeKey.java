package io.quiver.planner.write;

import io.quiver.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what a MERGE finds rows of its target.
 *
 * @param columns of the key, in its order
 * @param unique the constraint they are of; empty for the primary key
 */
record MergeKey(List<String> columns, Optional<UniqueEntries> unique) {
  /** The key that consists of these columns; empty if none does. */
  static Optional<MergeKey> of(WriteTarget target, Set<String> columns) {
    return all(target).stream().filter(key -> columns.equals(Set.copyOf(key.columns))).findFirst();
  }

  /** The primary key, if the user gave one, and the constraints. */
  static List<MergeKey> all(WriteTarget target) {
    TableDefinition table = target.definition();
    List<MergeKey> keys = new ArrayList<>();
    if (!table.primaryKey().equals(List.of(TableDefinition.ROW_NUMBER))) {
      keys.add(new MergeKey(table.primaryKey(), Optional.empty()));
    }
    Collection<UniqueEntries> uniques = target.uniques();
    uniques.forEach(each -> keys.add(new MergeKey(each.unique().columns(), Optional.of(each))));
    return keys;
  }

  /** Name of the engine's collection that keeps the key. */
  String collectionName(WriteTarget target) {
    return unique
        .map(UniqueEntries::collectionName)
        .orElseGet(() -> target.definition().collection().name());
  }
}
