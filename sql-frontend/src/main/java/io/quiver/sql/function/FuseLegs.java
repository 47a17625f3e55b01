package io.quiver.sql.function;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Checks that the legs of a fusion can be fused. */
final class FuseLegs {
  private FuseLegs() {}

  static void check(SqlCallBinding binding) {
    List<RelDataType> legs = new ArrayList<>();
    for (int i = FuseFunction.BEFORE_LEGS; i < binding.getOperandCount(); i++) {
      legs.add(binding.getValidator().deriveType(binding.getScope(), binding.operand(i)));
    }
    FuseColumns columns = FuseColumns.of(legs, text(binding, FuseArgument.ID_COL));
    for (int leg = 0; leg < legs.size(); leg++) {
      for (String id : columns.names().subList(0, columns.ids())) {
        checkId(binding, legs, leg, id);
      }
    }
    Optional<FusionMethod> method =
        text(binding, FuseArgument.ALGO)
            .flatMap(FusionMethod::of)
            .filter(FusionMethod::needsScores);
    for (int leg = 0; leg < legs.size(); leg++) {
      if (method.isPresent() && columns.scorePlace(leg) < 0) {
        throw problem(
            leg(binding, leg),
            ErrorCode.FUNCTION_ARGUMENT_INVALID,
            "leg "
                + (leg + 1)
                + " of FUSE has no column \"score\", which "
                + method.get().word()
                + " adds up",
            "select one, as in SELECT id, score FROM ..., or fuse by algo => 'rrf'.");
      }
    }
  }

  private static void checkId(SqlCallBinding binding, List<RelDataType> legs, int leg, String id) {
    RelDataTypeField field = legs.get(leg).getField(id, true, false);
    if (field == null) {
      throw problem(
          leg(binding, leg),
          ErrorCode.COLUMN_UNKNOWN,
          "leg " + (leg + 1) + " of FUSE has no column \"" + id + "\" to tell its rows apart by",
          NearestName.of(id, legs.get(leg).getFieldNames())
              .map(near -> "select " + id + " in it; did you mean \"" + near + "\"?")
              .orElse("select it in every leg, or name another: id_col => DESCRIPTOR(id)."));
    }
    RelDataTypeField first = legs.getFirst().getField(id, true, false);
    if (first != null
        && !SqlTypeUtil.equalSansNullability(
            QuiverTypeFactory.INSTANCE, first.getType(), field.getType())) {
      throw problem(
          leg(binding, leg),
          ErrorCode.QUERY_INVALID,
          "column \""
              + id
              + "\" is "
              + first.getType()
              + " in the first leg of FUSE and "
              + field.getType()
              + " in leg "
              + (leg + 1),
          "CAST one to the type of the other.");
    }
  }

  private static SqlNode leg(SqlCallBinding binding, int leg) {
    SqlNode node = binding.operand(FuseFunction.BEFORE_LEGS + leg);
    return node.getParserPosition().getLineNum() == 0 ? binding.getCall() : node;
  }

  private static Optional<String> text(SqlCallBinding binding, FuseArgument argument) {
    return binding.operand(argument.position()) instanceof SqlCharStringLiteral literal
        ? Optional.of(literal.getValueAs(String.class))
        : Optional.empty();
  }

  private static RuntimeException problem(
      SqlNode place, ErrorCode code, String message, String remedy) {
    return SqlProblem.at(code, SqlPosition.of(place.getParserPosition()), message, remedy)
        .asException();
  }
}
