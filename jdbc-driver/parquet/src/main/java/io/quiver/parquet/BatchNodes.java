package io.quiver.parquet;

import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.schema.SchemaNode;
import dev.hardwood.schema.SchemaNode.GroupNode;
import dev.hardwood.schema.SchemaNode.PrimitiveNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the nodes of a schema over its columns, in the two- and three-level forms of lists that the
 * format's specification tells (LogicalTypes.md, Lists).
 */
final class BatchNodes {
  private final Map<Integer, ColumnReader> columns = new HashMap<>();

  BatchNodes(ColumnReaders readers) {
    for (int i = 0; i < readers.getColumnCount(); i++) {
      ColumnReader column = readers.getColumnReader(i);
      columns.put(column.getColumnSchema().columnIndex(), column);
    }
  }

  /** The node of a field of rows. */
  BatchNode of(SchemaNode field) {
    return of(field, 0);
  }

  /**
   * @param layer how many layers of its columns are above the node
   */
  private BatchNode of(SchemaNode node, int layer) {
    if (node instanceof GroupNode group && group.isList()) {
      return new BatchNode.Repeated(first(group), layer, item(group.getListElement(), layer + 1));
    }
    if (node instanceof GroupNode group && group.isMap()) {
      return new BatchNode.Keyed(
          first(group),
          layer,
          of(group.getMapKey(), layer + 1),
          of(group.getMapValue(), layer + 1));
    }
    if (node.repetitionType() == RepetitionType.REPEATED) {
      return new BatchNode.Repeated(first(node), layer, item(node, layer + 1));
    }
    return item(node, layer);
  }

  /** A node whose own repetition, if it has one, is the list's that it is the element of. */
  private BatchNode item(SchemaNode node, int layer) {
    return switch (node) {
      case PrimitiveNode leaf -> leaf(leaf, layer);
      case GroupNode group when group.isList() || group.isMap() -> of(group, layer);
      case GroupNode group -> {
        boolean isOptional = group.repetitionType() == RepetitionType.OPTIONAL;
        Map<String, BatchNode> fields = new LinkedHashMap<>();
        for (SchemaNode field : group.children()) {
          fields.put(field.name(), of(field, isOptional ? layer + 1 : layer));
        }
        yield new BatchNode.Struct(first(group), isOptional ? layer : -1, fields);
      }
    };
  }

  private BatchNode leaf(PrimitiveNode leaf, int layers) {
    ColumnReader column = first(leaf);
    if (column.getLayerCount() != layers) {
      throw new IllegalArgumentException(
          "the nesting of column %s is not understood"
              .formatted(column.getColumnSchema().fieldPath()));
    }
    return new BatchNode.Leaf(column, leaf.logicalType());
  }

  /** The first column below a node. */
  private ColumnReader first(SchemaNode node) {
    SchemaNode below = node;
    while (below instanceof GroupNode group) {
      if (group.children().isEmpty()) {
        throw new IllegalArgumentException("group %s has no field".formatted(group.name()));
      }
      below = group.children().getFirst();
    }
    ColumnReader column = columns.get(((PrimitiveNode) below).columnIndex());
    if (column == null) {
      throw new IllegalArgumentException("column %s is not read".formatted(below.name()));
    }
    return column;
  }
}
