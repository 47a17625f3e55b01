package io.quiver.planner.write;

import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of a statement's parameters, told by its parts. */
final class ParameterTypes {
  private final List<RelDataType> types = new ArrayList<>();

  void add(List<RelDataType> part) {
    for (int i = 0; i < part.size(); i++) {
      if (i == types.size()) {
        types.add(part.get(i));
      } else if (isUnknown(types.get(i))) {
        types.set(i, part.get(i));
      }
    }
  }

  private static boolean isUnknown(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UNKNOWN
        || type.getSqlTypeName() == SqlTypeName.NULL;
  }

  List<RelDataType> types() {
    return types.stream()
        .map(
            type ->
                isUnknown(type) ? QuiverTypeFactory.INSTANCE.simple(SqlTypeName.ANY, true) : type)
        .toList();
  }
}
