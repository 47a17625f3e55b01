package io.quiver.planner.definition;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.IndexKeyClause;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE INDEX as the table with that index. For one statement. */
final class IndexDefiner {
  private final CreateIndex statement;
  private final TableDefinition table;
  private final IndexedExpression expressions;

  IndexDefiner(CreateIndex statement, TableDefinition table, IndexedExpression expressions) {
    this.statement = statement;
    this.table = table;
    this.expressions = expressions;
  }

  /** The index a column gets with the table, if its type gets one. */
  static Optional<IndexDefinition> automatic(String table, ColumnDefinition column) {
    IndexSpec spec =
        switch (column.type()) {
          case SqlColumnType.Vector vector ->
              new IndexSpec.Hnsw(
                  table + "_" + column.name() + "_hnsw",
                  column.name(),
                  DistanceMetric.COSINE,
                  IndexSpec.Hnsw.DEFAULT_M,
                  IndexSpec.Hnsw.DEFAULT_EF_CONSTRUCTION,
                  Quantization.AUTO);
          case SqlColumnType.SparseVector sparse ->
              new IndexSpec.Inverted(table + "_" + column.name() + "_inverted", column.name());
          case SqlColumnType.Scalar scalar -> null;
          case SqlColumnType.TextArray array -> null;
          case SqlColumnType.MultiVector multi -> null;
        };
    return Optional.ofNullable(spec).map(found -> new IndexDefinition(found, column.name(), true));
  }

  /** The table as it is after the statement. */
  TableDefinition define() {
    if (statement.keys().size() != 1) {
      throw DefinitionProblem.notYet(
          statement.keys().get(1).position(),
          "An index over several columns",
          "Create one index a column; a search uses them together.");
    }
    IndexKeyClause key = statement.keys().getFirst();
    if (!(key.expression() instanceof SqlIdentifier name)) {
      return expressions.index(table, key, this);
    }
    ColumnDefinition column = column(name);
    String method = method(column);
    if (method.equals("bm25")) {
      return expressions.textIndex(table, column, key, this);
    }
    checkFits(method, column, key.position());
    IndexSpec spec =
        switch (column.type()) {
          case SqlColumnType.Vector vector -> graphs().hnsw(column, key);
          case SqlColumnType.SparseVector sparse -> {
            requireNoOptions();
            yield new IndexSpec.Inverted(indexName(column.name(), "inverted"), column.name());
          }
          case SqlColumnType.Scalar scalar -> payload(column);
          case SqlColumnType.TextArray array -> payload(column);
          case SqlColumnType.MultiVector multi -> graphs().muvera(column);
        };
    return withIndex(new IndexDefinition(spec, column.name(), false));
  }

  private GraphIndexOptions graphs() {
    return new GraphIndexOptions(this, statement, table);
  }

  /** The column of a name; an error where there is none. */
  ColumnDefinition column(SqlIdentifier name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name.getSimple()))
        .filter(column -> column.visibility() != ColumnDefinition.Visibility.INTERNAL)
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = table.columns().stream().map(ColumnDefinition::name).toList();
              return DefinitionProblem.at(
                  ErrorCode.COLUMN_UNKNOWN,
                  name.getParserPosition(),
                  "Table " + table.name() + " has no column " + name,
                  NearestName.of(name.getSimple(), names)
                      .map(near -> "Did you mean " + near + "?")
                      .orElse("The columns are " + String.join(", ", names) + "."));
            });
  }

  /** The method named, or the one that fits the column. */
  private String method(ColumnDefinition column) {
    if (statement.method() != null) {
      return statement.method().getSimple().toLowerCase(Locale.ROOT);
    }
    return switch (column.type()) {
      case SqlColumnType.Vector vector -> "hnsw";
      case SqlColumnType.SparseVector sparse -> "inverted";
      case SqlColumnType.MultiVector multi -> "muvera";
      case SqlColumnType.Scalar scalar -> "btree";
      case SqlColumnType.TextArray array -> "btree";
    };
  }

  private void checkFits(String method, ColumnDefinition column, SqlParserPos position) {
    boolean fits =
        switch (method) {
          case "hnsw" -> column.type() instanceof SqlColumnType.Vector;
          case "inverted" ->
              column.type() instanceof SqlColumnType.SparseVector
                  || column.type() instanceof SqlColumnType.TextArray;
          case "btree", "hash", "bitmap", "gin" ->
              column.type() instanceof SqlColumnType.Scalar
                  || column.type() instanceof SqlColumnType.TextArray;
          case "muvera" -> column.type() instanceof SqlColumnType.MultiVector;
          default ->
              throw DefinitionProblem.at(
                  ErrorCode.INDEX_INVALID,
                  position,
                  "No index method " + method,
                  "Use HNSW, INVERTED, BM25, MUVERA, BTREE, HASH or BITMAP.");
        };
    if (!fits) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          position,
          "An index of method " + method + " cannot be made over " + column.type().sql(),
          "Leave USING out to get the method that fits the column.");
    }
  }

  private IndexSpec payload(ColumnDefinition column) {
    requireNoOptions();
    return new IndexSpec.Payload(indexName(column.name(), "idx"), column.name());
  }

  /** An index over a computed value is of the plain kind. */
  void requirePayloadMethod(IndexKeyClause key) {
    String method =
        statement.method() == null
            ? "btree"
            : statement.method().getSimple().toLowerCase(Locale.ROOT);
    if (!List.of("btree", "hash", "bitmap", "gin", "inverted").contains(method)) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          key.position(),
          "An index of method " + method + " cannot be made over a computed value",
          "Leave USING out to get the method that fits.");
    }
    requireNoOptions();
  }

  /** The name given, or one of table and this label that no index of the table has. */
  String freeIndexName(String label) {
    if (statement.name() != null) {
      return statement.name().names.getLast();
    }
    String base = table.name() + "_" + label + "_idx";
    String candidate = base;
    for (int i = 1; isTaken(candidate); i++) {
      candidate = base + i;
    }
    return candidate;
  }

  private boolean isTaken(String name) {
    return table.indexes().stream().anyMatch(each -> each.name().equals(name));
  }

  private void requireNoOptions() {
    if (!statement.options().isEmpty()) {
      throw TableOptions.unknown(statement.options().getFirst(), List.of());
    }
  }

  /** The name given, or one made of table, column and kind. */
  String indexName(String column, String kind) {
    return statement.name() != null
        ? statement.name().names.getLast()
        : table.name() + "_" + column + "_" + kind;
  }

  CreateIndex statement() {
    return statement;
  }

  /** The table with the index in place of an automatic one over the same column. */
  TableDefinition withIndex(IndexDefinition added) {
    List<IndexDefinition> indexes = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      boolean same =
          index.spec().column().equals(added.spec().column())
              && index.spec().getClass() == added.spec().getClass();
      if (same && !index.automatic()) {
        throw DefinitionProblem.at(
            ErrorCode.INDEX_EXISTS,
            statement.table().getParserPosition(),
            "Index " + index.name() + " is over " + index.expression() + " already",
            "Drop it first with DROP INDEX " + index.name() + ".");
      }
      if (!same) {
        indexes.add(index);
      }
    }
    indexes.add(added);
    TableDraft draft = new TableDraft(table);
    draft.indexes.clear();
    draft.indexes.addAll(indexes);
    return draft.build();
  }

  /** The text of an expression as it is shown. */
  static String shown(SqlNode expression) {
    return expression.toString().replace("`", "");
  }
}
