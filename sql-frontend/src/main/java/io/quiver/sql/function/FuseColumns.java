package io.quiver.sql.function;

import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Which columns a fusion gives: those that tell rows apart, those that all legs have besides, the
 * fused {@code score}, and {@code rank_1}, {@code score_1} to {@code rank_n}, {@code score_n} of
 * the legs, null where a leg has not found the row.
 *
 * @param names of the columns that tell rows apart, then of those in common
 * @param ids how many of the names tell rows apart
 */
public record FuseColumns(List<RelDataType> legs, List<String> names, int ids) {
  public FuseColumns {
    legs = List.copyOf(legs);
    names = List.copyOf(names);
  }

  /**
   * Reads them off the legs.
   *
   * @param idNames names with line feeds between them; empty for the first column of the first leg
   */
  public static FuseColumns of(List<RelDataType> legs, Optional<String> idNames) {
    RelDataType first = legs.getFirst();
    List<String> names = new ArrayList<>();
    idNames.ifPresentOrElse(
        given -> names.addAll(Arrays.asList(given.split("\n", -1))),
        () -> names.add(first.getFieldNames().getFirst()));
    int ids = names.size();
    for (RelDataTypeField field : first.getFieldList()) {
      String name = field.getName();
      if (!names.contains(name)
          && !SearchFunction.OWN_COLUMNS.contains(name)
          && !name.matches("(rank|score)_\\d+")
          && legs.stream().allMatch(leg -> hasLike(leg, field))) {
        names.add(name);
      }
    }
    return new FuseColumns(legs, names, ids);
  }

  private static boolean hasLike(RelDataType leg, RelDataTypeField field) {
    RelDataTypeField other = leg.getField(field.getName(), true, false);
    return other != null
        && SqlTypeUtil.equalSansNullability(
            QuiverTypeFactory.INSTANCE, other.getType(), field.getType());
  }

  /** Where a leg has each of the names; -1 where it has none. */
  public int[] places(int leg) {
    RelDataType type = legs.get(leg);
    return names.stream()
        .mapToInt(
            name -> {
              RelDataTypeField field = type.getField(name, true, false);
              return field == null ? -1 : field.getIndex();
            })
        .toArray();
  }

  /** The column a leg is ordered by: its score, or its distance; -1 for neither. */
  public int scorePlace(int leg) {
    for (String name : List.of("search_score", "score", "search_distance", "distance")) {
      RelDataTypeField field = legs.get(leg).getField(name, true, false);
      if (field != null && SqlTypeUtil.isNumeric(field.getType())) {
        return field.getIndex();
      }
    }
    return -1;
  }

  /** Whether the column a leg is ordered by is a distance, of which less is better. */
  public boolean isDistance(int leg) {
    int place = scorePlace(leg);
    return place >= 0 && legs.get(leg).getFieldNames().get(place).endsWith("distance");
  }

  /** The type of a fusion's rows. */
  public RelDataType rowType() {
    RelDataTypeFactory factory = QuiverTypeFactory.INSTANCE;
    RelDataTypeFactory.Builder builder = factory.builder();
    for (String name : names) {
      RelDataTypeField field = legs.getFirst().getField(name, true, false);
      RelDataType type = field == null ? factory.createSqlType(SqlTypeName.ANY) : field.getType();
      boolean nullable =
          legs.stream()
              .map(leg -> leg.getField(name, true, false))
              .anyMatch(each -> each != null && each.getType().isNullable());
      builder.add(name, factory.createTypeWithNullability(type, nullable));
    }
    builder.add("score", SqlTypeName.DOUBLE);
    for (int leg = 1; leg <= legs.size(); leg++) {
      builder.add("rank_" + leg, SqlTypeName.INTEGER).nullable(true);
      builder.add("score_" + leg, SqlTypeName.DOUBLE).nullable(true);
    }
    return builder.build();
  }
}
