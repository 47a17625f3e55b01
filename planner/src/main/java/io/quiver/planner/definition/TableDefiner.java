package io.quiver.planner.definition;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.parser.ConstraintClause;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE as the table it defines. For one statement. */
final class TableDefiner {
  private final CreateTable statement;
  private final Function<SqlNode, String> textOf;
  private final LongSupplier collectionIds;
  private @Nullable List<String> key;

  /**
   * @param textOf the text of an expression as the statement writes it
   * @param collectionIds ids of collections, each once
   */
  TableDefiner(
      CreateTable statement, Function<SqlNode, String> textOf, LongSupplier collectionIds) {
    this.statement = statement;
    this.textOf = textOf;
    this.collectionIds = collectionIds;
  }

  /**
   * The table.
   *
   * @param queried columns that {@code AS query} gives, instead of declared ones
   */
  TableDefinition define(
      QualifiedName name, List<ColumnDefinition> queried, CatalogSnapshot catalog) {
    checkNames();
    findKey(queried);
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnDefinition column : queried) {
      boolean inKey = key != null && key.contains(column.name());
      columns.add(inKey ? column.draft().nullable(false).build() : column);
    }
    ColumnDefiner definer = new ColumnDefiner(textOf);
    for (ColumnClause clause : statement.columns()) {
      boolean inKey = key != null && key.contains(clause.name().getSimple());
      columns.add(definer.define(columns.size(), clause, inKey));
    }
    List<String> primaryKey = key;
    if (primaryKey == null) {
      primaryKey = List.of(TableDefinition.ROW_NUMBER);
      columns.add(rowNumber(columns.size()));
    }
    TableOptions options = TableOptions.of(statement.options());
    checkShardKey(options, primaryKey);
    options.ttl().ifPresent(ttl -> Expiry.check(ttl, columns));
    TableDraft draft =
        new TableDraft(
            new TableDefinition(
                collectionIds.getAsLong(),
                name.schema(),
                name.name(),
                columns,
                primaryKey,
                options.automaticIndexes() ? AutomaticIndexes.of(name.name(), columns) : List.of(),
                List.of(),
                List.of(),
                options.shards(),
                options.shardKey(),
                ""));
    draft.ttl = options.ttl().map(TableOptions.Ttl::column);
    if (hasIdentity(columns)) {
      draft.sequences = collectionIds.getAsLong();
    }
    List<SqlNode> conditions = new ArrayList<>();
    ConstraintDefiner constraints = new ConstraintDefiner(draft, textOf, collectionIds);
    statement.columns().forEach(clause -> constraints.add(clause, conditions));
    statement.constraints().stream()
        .filter(each -> !(each instanceof ConstraintClause.PrimaryKey))
        .forEach(each -> constraints.add(each, conditions));
    TableDefinition table = draft.buildSameVersion();
    checkExpressions(table, conditions, catalog);
    return table;
  }

  static boolean hasIdentity(List<ColumnDefinition> columns) {
    return columns.stream()
        .anyMatch(each -> each.identity() && !each.name().equals(TableDefinition.ROW_NUMBER));
  }

  private void checkExpressions(
      TableDefinition table, List<SqlNode> conditions, CatalogSnapshot catalog) {
    ExpressionCheck check = new ExpressionCheck(catalog, table);
    for (ColumnClause clause : statement.columns()) {
      ExpressionCheck.ofClause(
          check,
          clause,
          table.columns().get(table.ordinal(clause.name().getSimple()).orElseThrow()));
    }
    conditions.forEach(check::condition);
  }

  private void checkNames() {
    Set<String> names = new LinkedHashSet<>();
    for (ColumnClause clause : statement.columns()) {
      if (!names.add(clause.name().getSimple())) {
        throw DefinitionProblem.at(
            ErrorCode.COLUMN_EXISTS,
            clause.name().getParserPosition(),
            "The table has two columns " + clause.name().getSimple(),
            "Rename one of them.");
      }
    }
  }

  private void findKey(List<ColumnDefinition> queried) {
    for (ColumnClause clause : statement.columns()) {
      for (ColumnConstraint constraint : clause.constraints()) {
        if (constraint instanceof ColumnConstraint.PrimaryKey primary) {
          setKey(List.of(clause.name()), primary.position(), queried);
        }
      }
    }
    for (ConstraintClause constraint : statement.constraints()) {
      if (constraint instanceof ConstraintClause.PrimaryKey primary) {
        setKey(primary.columns(), primary.position(), queried);
      }
    }
  }

  private void setKey(
      List<SqlIdentifier> columns, SqlParserPos position, List<ColumnDefinition> queried) {
    if (key != null) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          position,
          "The table has two primary keys",
          "For a key of several columns write PRIMARY KEY (a, b) after the columns.");
    }
    List<String> keyNames = new ArrayList<>();
    for (SqlIdentifier column : columns) {
      SqlColumnType type = typeOf(column, queried);
      if (!(type instanceof Scalar)) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            column.getParserPosition(),
            "Column " + column + " of type " + type.sql() + " cannot be part of the key",
            "Use a number, text, UUID, date or timestamp.");
      }
      keyNames.add(column.getSimple());
    }
    key = keyNames;
  }

  private SqlColumnType typeOf(SqlIdentifier column, List<ColumnDefinition> queried) {
    List<String> names = new ArrayList<>();
    for (ColumnDefinition each : queried) {
      if (each.name().equals(column.getSimple())) {
        return each.type();
      }
      names.add(each.name());
    }
    for (ColumnClause clause : statement.columns()) {
      if (clause.name().getSimple().equals(column.getSimple())) {
        return DeclaredType.of(clause.type());
      }
      names.add(clause.name().getSimple());
    }
    throw DefinitionProblem.at(
        ErrorCode.COLUMN_UNKNOWN,
        column.getParserPosition(),
        "No column " + column,
        NearestName.of(column.getSimple(), names)
            .map(near -> "Did you mean " + near + "?")
            .orElse("The columns are " + String.join(", ", names) + "."));
  }

  private static ColumnDefinition rowNumber(int id) {
    return new ColumnDefinition(
        id,
        TableDefinition.ROW_NUMBER,
        Scalar.of(ScalarType.BIGINT),
        false,
        Visibility.HIDDEN,
        Optional.empty(),
        true,
        Optional.empty(),
        "");
  }

  private void checkShardKey(TableOptions options, List<String> primaryKey) {
    if (options.shardKey().isPresent() && !primaryKey.contains(options.shardKey().get())) {
      throw DefinitionProblem.at(
          ErrorCode.OPTION_INVALID,
          statement.name().getParserPosition(),
          "The shard key " + options.shardKey().get() + " is not part of the primary key",
          "Make it one of the key's columns: PRIMARY KEY (" + options.shardKey().get() + ", id).");
    }
    if (options.shards() > CollectionSchema.MAX_SHARDS) {
      throw new IllegalStateException("Shards passed their check: " + options.shards());
    }
  }

  /** The indexes columns get of themselves, because an unindexed vector surprises people. */
  static final class AutomaticIndexes {
    private AutomaticIndexes() {}

    static List<IndexDefinition> of(String table, List<ColumnDefinition> columns) {
      List<IndexDefinition> indexes = new ArrayList<>();
      for (ColumnDefinition column : columns) {
        IndexDefiner.automatic(table, column).ifPresent(indexes::add);
      }
      return indexes;
    }
  }
}
