package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.SqlKind;
import java.sql.DatabaseMetaData;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Functions that are Quiver's own, for {@code getFunctions}; the rest are SQL's. */
final class SqlFunctionList {
  /** A parameter of a function. */
  private record Argument(String name, SqlKind kind) {}

  /** A function; a table function where {@code result} is null. */
  private record Function(
      String name, String remarks, @Nullable SqlKind result, List<Argument> arguments) {}

  private static final Argument LEFT = new Argument("left", SqlKind.VECTOR);
  private static final Argument RIGHT = new Argument("right", SqlKind.VECTOR);
  private static final Argument DATA = new Argument("data", SqlKind.VARCHAR);
  private static final Argument COLUMN = new Argument("col", SqlKind.VARCHAR);
  private static final Argument TOP_K = new Argument("top_k", SqlKind.INTEGER);

  private static final List<Function> ALL =
      Stream.of(
              distance("cosine_distance", "1 - the cosine of the angle between two vectors"),
              distance("l2_distance", "Euclidean distance between two vectors"),
              distance("l1_distance", "Sum of the absolute differences of two vectors"),
              distance("inner_product", "Sum of the products of two vectors"),
              new Function(
                  "max_sim",
                  "Sum over the query's vectors of the best cosine among a row's",
                  SqlKind.DOUBLE,
                  List.of(
                      new Argument("vectors", SqlKind.MULTIVECTOR),
                      new Argument("query", SqlKind.MULTIVECTOR))),
              new Function("vector_dims", "Components of a vector", SqlKind.INTEGER, List.of(LEFT)),
              new Function(
                  "vector_norm", "Euclidean length of a vector", SqlKind.DOUBLE, List.of(LEFT)),
              table("vector_search", "The rows nearest to a vector", SqlKind.VECTOR),
              table("sparse_match", "The rows that match sparse weights best", SqlKind.SPARSEVEC),
              table("maxsim", "The rows whose vectors match several best", SqlKind.MULTIVECTOR))
          .sorted(Comparator.comparing(Function::name))
          .toList();

  private SqlFunctionList() {}

  private static Function distance(String name, String remarks) {
    return new Function(name, remarks, SqlKind.DOUBLE, List.of(LEFT, RIGHT));
  }

  private static Function table(String name, String remarks, SqlKind query) {
    return new Function(
        name, remarks, null, List.of(DATA, COLUMN, new Argument("query", query), TOP_K));
  }

  private static List<Function> matching(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    LikePattern names = new LikePattern(namePattern);
    boolean everywhere =
        (catalog == null || catalog.isEmpty())
            && (schemaPattern == null || schemaPattern.isEmpty() || schemaPattern.equals("%"));
    return everywhere ? ALL.stream().filter(f -> names.matches(f.name())).toList() : List.of();
  }

  static MetadataTable functions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.FUNCTIONS);
    for (Function function : matching(catalog, schemaPattern, namePattern)) {
      answer.row(
          null,
          null,
          function.name(),
          function.remarks(),
          function.result() == null
              ? DatabaseMetaData.functionReturnsTable
              : DatabaseMetaData.functionNoTable,
          function.name());
    }
    return answer;
  }

  static MetadataTable columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern) {
    MetadataTable answer = MetadataTable.of(MetadataColumns.FUNCTION_COLUMNS);
    LikePattern columns = new LikePattern(columnPattern);
    for (Function function : matching(catalog, schemaPattern, namePattern)) {
      SqlKind result = function.result();
      if (result != null && columns.matches("")) {
        add(answer, function, "", DatabaseMetaData.functionReturn, result, 0);
      }
      int position = 0;
      for (Argument argument : function.arguments()) {
        position++;
        if (columns.matches(argument.name())) {
          add(
              answer,
              function,
              argument.name(),
              DatabaseMetaData.functionColumnIn,
              argument.kind(),
              position);
        }
      }
      if (result == null) {
        for (String name : List.of("distance", "score")) {
          position++;
          if (columns.matches(name)) {
            add(
                answer,
                function,
                name,
                DatabaseMetaData.functionColumnResult,
                SqlKind.DOUBLE,
                position);
          }
        }
      }
    }
    return answer;
  }

  private static void add(
      MetadataTable answer,
      Function function,
      String column,
      int columnType,
      SqlKind kind,
      int position) {
    answer.row(
        null,
        null,
        function.name(),
        column,
        columnType,
        kind.jdbcType(),
        kind.name(),
        null,
        null,
        null,
        kind.isNumeric() ? 10 : null,
        DatabaseMetaData.functionNullable,
        null,
        null,
        position,
        "YES",
        function.name());
  }
}
