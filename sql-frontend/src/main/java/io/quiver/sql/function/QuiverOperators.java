package io.quiver.sql.function;

import io.quiver.engine.schema.DistanceMetric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** Every operator of SQL here: Calcite's standard ones, PostgreSQL's, and our own. */
public final class QuiverOperators {
  private static final Map<VectorOperation, VectorFunction> VECTOR =
      new EnumMap<>(VectorOperation.class);
  private static final Map<String, SqlOperator> BY_NAME = new HashMap<>();

  public static final SearchFunction VECTOR_SEARCH =
      new SearchFunction(SearchFunction.Kind.VECTOR_SEARCH);
  public static final SearchFunction SPARSE_MATCH =
      new SearchFunction(SearchFunction.Kind.SPARSE_MATCH);
  public static final SearchFunction MAXSIM = new SearchFunction(SearchFunction.Kind.MAXSIM);
  public static final FuseFunction FUSE = new FuseFunction();
  public static final RecallFunction VECTOR_RECALL = new RecallFunction();
  public static final ArrayFunction ARRAY_CONTAINS =
      new ArrayFunction(ArrayFunction.Kind.ARRAY_CONTAINS);
  public static final ArrayFunction ARRAY_OVERLAP =
      new ArrayFunction(ArrayFunction.Kind.ARRAY_OVERLAP);
  public static final ArrayFunction ARRAY_CONTAINS_ALL =
      new ArrayFunction(ArrayFunction.Kind.ARRAY_CONTAINS_ALL);
  public static final EmbedFunction EMBED = new EmbedFunction("EMBED", false);
  public static final EmbedFunction EMBED_TOKENS = new EmbedFunction("EMBED_TOKENS", true);
  public static final EmptyArray EMPTY_ARRAY = new EmptyArray();
  public static final SameVector SAME_VECTOR = new SameVector();
  public static final BlockMarker BLOCK = new BlockMarker();

  /** Of text or bytes; Calcite's takes bytes alone, and reads text as hexadecimal digits. */
  private static final SqlFunction OCTET_LENGTH =
      SqlBasicFunction.create(
          "OCTET_LENGTH",
          ReturnTypes.INTEGER_NULLABLE,
          OperandTypes.CHARACTER.or(OperandTypes.BINARY),
          SqlFunctionCategory.NUMERIC);

  private static final SqlOperatorTable TABLE = table();

  private QuiverOperators() {}

  private static SqlOperatorTable table() {
    List<SqlOperator> own =
        new ArrayList<>(
            List.of(
                VECTOR_SEARCH,
                SPARSE_MATCH,
                MAXSIM,
                FUSE,
                VECTOR_RECALL,
                ARRAY_CONTAINS,
                ARRAY_OVERLAP,
                ARRAY_CONTAINS_ALL,
                EMBED,
                EMBED_TOKENS,
                EMPTY_ARRAY,
                OCTET_LENGTH,
                BLOCK));
    own.addAll(VectorArithmetic.all());
    own.addAll(VectorAggregates.all());
    for (VectorOperation operation : VectorOperation.values()) {
      VectorFunction function = new VectorFunction(operation);
      VECTOR.put(operation, function);
      own.add(function);
      operation.names().forEach(name -> BY_NAME.put(name, function));
    }
    for (SearchFunction search : List.of(VECTOR_SEARCH, SPARSE_MATCH, MAXSIM)) {
      BY_NAME.put(search.getName().toLowerCase(Locale.ROOT), search);
    }
    for (SqlOperator each :
        List.of(
            FUSE,
            VECTOR_RECALL,
            ARRAY_CONTAINS,
            ARRAY_OVERLAP,
            ARRAY_CONTAINS_ALL,
            EMBED,
            EMBED_TOKENS)) {
      BY_NAME.put(each.getName().toLowerCase(Locale.ROOT), each);
    }
    BY_NAME.put("vec_maxsim", VECTOR.get(VectorOperation.MAX_SIM));
    return new AnyCaseOperators(
        SqlOperatorTables.chain(
            SqlOperatorTables.of(own),
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)));
  }

  /** All of them, for the validator. */
  public static SqlOperatorTable all() {
    return TABLE;
  }

  /** Functions whose names are found in any case. */
  public static SqlOperatorTable anyCase(List<SqlOperator> functions) {
    return new AnyCaseOperators(SqlOperatorTables.of(functions));
  }

  /** Whether an operator that is built in has this name, in any case. */
  public static boolean isBuiltIn(String name) {
    return TABLE.getOperatorList().stream().anyMatch(each -> each.getName().equalsIgnoreCase(name));
  }

  /** The function of an operation. */
  public static VectorFunction vector(VectorOperation operation) {
    VectorFunction function = VECTOR.get(operation);
    if (function == null) {
      throw new IllegalStateException("No function for " + operation);
    }
    return function;
  }

  /** Our function that goes by this name, in any case. */
  public static Optional<SqlOperator> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The operation that computes a metric's distance. */
  public static VectorOperation distance(DistanceMetric metric) {
    return switch (metric) {
      case COSINE -> VectorOperation.COSINE_DISTANCE;
      case L2 -> VectorOperation.L2_DISTANCE;
      case INNER_PRODUCT -> VectorOperation.NEGATIVE_INNER_PRODUCT;
      case L1 -> VectorOperation.L1_DISTANCE;
    };
  }

  /** The metric a user's word means, such as {@code cosine}, {@code l2} or {@code ip}. */
  public static Optional<DistanceMetric> metric(String word) {
    return SearchOperands.metric(word);
  }
}
