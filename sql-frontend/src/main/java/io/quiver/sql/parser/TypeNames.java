package io.quiver.sql.parser;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Types that are named by an ordinary word rather than a keyword of the grammar. */
public final class TypeNames {
  /** The names other databases use for types Calcite knows. */
  private static final Map<String, SqlTypeName> ALIASES =
      Map.ofEntries(
          Map.entry("text", SqlTypeName.VARCHAR),
          Map.entry("string", SqlTypeName.VARCHAR),
          Map.entry("clob", SqlTypeName.VARCHAR),
          Map.entry("longtext", SqlTypeName.VARCHAR),
          Map.entry("bool", SqlTypeName.BOOLEAN),
          Map.entry("int2", SqlTypeName.SMALLINT),
          Map.entry("int4", SqlTypeName.INTEGER),
          Map.entry("int8", SqlTypeName.BIGINT),
          Map.entry("long", SqlTypeName.BIGINT),
          Map.entry("float4", SqlTypeName.REAL),
          Map.entry("float8", SqlTypeName.DOUBLE),
          Map.entry("bytea", SqlTypeName.VARBINARY),
          Map.entry("blob", SqlTypeName.VARBINARY),
          Map.entry("datetime", SqlTypeName.TIMESTAMP),
          Map.entry("timestamptz", SqlTypeName.TIMESTAMP_TZ));

  private static final Set<String> WITH_LITERALS =
      Set.of("vector", "halfvec", "sparsevec", "multivector", "json", "jsonb");

  /** Every name a type may be declared with, for suggestions. */
  private static final List<String> KNOWN =
      List.of(
          "boolean",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double",
          "decimal",
          "varchar",
          "text",
          "date",
          "time",
          "timestamp",
          "uuid",
          "varbinary",
          "json",
          "vector",
          "halfvec",
          "sparsevec",
          "multivector");

  private TypeNames() {}

  /** The type a bare name stands for. */
  public static SqlTypeNameSpec named(SqlIdentifier name) {
    SqlParserPos position = name.getParserPosition();
    String word = word(name);
    SqlTypeName alias = ALIASES.get(word);
    if (alias != null) {
      return new SqlBasicTypeNameSpec(alias, position);
    }
    return switch (word) {
      case "vector" -> extended(new ExtendedType.Vector(0, VectorElement.FLOAT32), position);
      case "halfvec" -> extended(new ExtendedType.Vector(0, VectorElement.FLOAT16), position);
      case "sparsevec" -> extended(new ExtendedType.SparseVector(0), position);
      case "multivector" -> extended(new ExtendedType.MultiVector(0), position);
      case "json", "jsonb" -> extended(new ExtendedType.Json(), position);
      default -> throw unknown(name);
    };
  }

  /** The type a name with arguments stands for. */
  public static SqlTypeNameSpec sized(
      SqlIdentifier name, List<SqlNode> arguments, SqlParserPos position) {
    String word = word(name);
    SqlTypeName alias = ALIASES.get(word);
    if (alias != null && arguments.size() == 1 && alias.allowsPrec()) {
      return new SqlBasicTypeNameSpec(alias, size(arguments.getFirst(), name), position);
    }
    return switch (word) {
      case "vector" -> {
        VectorElement element =
            arguments.size() == 1 ? VectorElement.FLOAT32 : element(arguments.get(1));
        yield extended(new ExtendedType.Vector(dimension(name, arguments, 2), element), position);
      }
      case "halfvec" ->
          extended(
              new ExtendedType.Vector(dimension(name, arguments, 1), VectorElement.FLOAT16),
              position);
      case "sparsevec" ->
          extended(new ExtendedType.SparseVector(sparseDimension(name, arguments)), position);
      case "multivector" ->
          extended(new ExtendedType.MultiVector(dimension(name, arguments, 1)), position);
      default -> {
        if (alias != null || word.equals("json") || word.equals("jsonb")) {
          throw problem(
              ErrorCode.TYPE_ARGUMENT_INVALID,
              position,
              shown(name) + " takes no arguments",
              "write " + shown(name) + " alone.");
        }
        throw unknown(name);
      }
    };
  }

  /** Whether {@code NAME 'text'} is a literal of this type. */
  public static boolean hasLiterals(String name) {
    return WITH_LITERALS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** {@code VECTOR '[1,2]'} as a cast of its text. */
  public static SqlNode literal(SqlIdentifier name, SqlNode text, SqlParserPos position) {
    SqlDataTypeSpec type = new SqlDataTypeSpec(named(name), name.getParserPosition());
    return SqlStdOperatorTable.CAST.createCall(position, text, type);
  }

  private static ExtendedTypeNameSpec extended(ExtendedType type, SqlParserPos position) {
    return new ExtendedTypeNameSpec(type, position);
  }

  private static int dimension(SqlIdentifier name, List<SqlNode> arguments, int most) {
    checkCount(name, arguments, most);
    int dimension = size(arguments.getFirst(), name);
    if (dimension < 1 || dimension > ColumnType.MAX_DIMENSION) {
      throw problem(
          ErrorCode.TYPE_ARGUMENT_INVALID,
          arguments.getFirst().getParserPosition(),
          shown(name)
              + " has from 1 to "
              + ColumnType.MAX_DIMENSION
              + " dimensions, not "
              + arguments.getFirst(),
          "give the number of dimensions of the model that makes the vectors.");
    }
    return dimension;
  }

  private static int sparseDimension(SqlIdentifier name, List<SqlNode> arguments) {
    checkCount(name, arguments, 1);
    int dimension = size(arguments.getFirst(), name);
    if (dimension < 1) {
      throw problem(
          ErrorCode.TYPE_ARGUMENT_INVALID,
          arguments.getFirst().getParserPosition(),
          shown(name) + " has at least 1 dimension, not " + arguments.getFirst(),
          "give the size of the vocabulary, or leave the number out.");
    }
    return dimension;
  }

  private static void checkCount(SqlIdentifier name, List<SqlNode> arguments, int most) {
    if (arguments.size() > most) {
      throw problem(
          ErrorCode.TYPE_ARGUMENT_INVALID,
          arguments.get(most).getParserPosition(),
          shown(name)
              + " takes "
              + (most == 1 ? "1 argument" : most + " arguments")
              + ", not "
              + arguments.size(),
          "write "
              + shown(name)
              + (most == 1 ? "(n)." : "(n) or " + shown(name) + "(n, FLOAT16)."));
    }
  }

  private static int size(SqlNode argument, SqlIdentifier type) {
    if (argument instanceof SqlNumericLiteral number && number.isInteger()) {
      BigDecimal value = number.getValueAs(BigDecimal.class);
      return value.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }
    throw problem(
        ErrorCode.TYPE_ARGUMENT_INVALID,
        argument.getParserPosition(),
        shown(type) + " needs a whole number, not " + argument,
        "write " + shown(type) + "(768), for example.");
  }

  private static VectorElement element(SqlNode argument) {
    return switch (argument.toString().toLowerCase(Locale.ROOT)) {
      case "float32", "f32" -> VectorElement.FLOAT32;
      case "float16", "f16" -> VectorElement.FLOAT16;
      case "int8", "i8" -> VectorElement.INT8;
      default ->
          throw problem(
              ErrorCode.TYPE_ARGUMENT_INVALID,
              argument.getParserPosition(),
              "no vector element is called " + argument.toString().toUpperCase(Locale.ROOT),
              "use FLOAT32, FLOAT16 or INT8.");
    };
  }

  private static SqlProblemException unknown(SqlIdentifier name) {
    return problem(
        ErrorCode.TYPE_UNKNOWN,
        name.getParserPosition(),
        "no type is called " + shown(name),
        word(name).endsWith("serial")
            ? "write BIGINT GENERATED BY DEFAULT AS IDENTITY."
            : NearestName.remedy(
                word(name), KNOWN, "use one of " + String.join(", ", KNOWN) + "."));
  }

  private static SqlProblemException problem(
      ErrorCode code, SqlParserPos position, String message, String remedy) {
    return SqlProblem.at(code, SqlPosition.of(position), message, remedy).asException();
  }

  private static String shown(SqlIdentifier name) {
    return name.toString().toUpperCase(Locale.ROOT);
  }

  private static String word(SqlIdentifier name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
