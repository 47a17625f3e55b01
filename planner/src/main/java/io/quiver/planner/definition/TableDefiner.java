package io.quiver.planner.definition;

import io.quiver.engine.schema.CollectionSchema;
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
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE as the table it defines. For one statement. */
final class TableDefiner {
  private final CreateTable statement;
  private final Function<SqlNode, String> textOf;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> notNull = new LinkedHashSet<>();
  private @Nullable List<String> key;

  /**
   * @param textOf the text of an expression as the statement writes it
   */
  TableDefiner(CreateTable statement, Function<SqlNode, String> textOf) {
    this.statement = statement;
    this.textOf = textOf;
  }

  TableDefinition define(long id, QualifiedName name) {
    if (statement.query() != null) {
      throw DefinitionProblem.notYet(
          statement.query().getParserPosition(),
          "CREATE TABLE AS",
          "Create the table, then INSERT INTO it with SELECT.");
    }
    statement.columns().forEach(this::collect);
    statement.constraints().forEach(this::collect);
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnClause clause : statement.columns()) {
      columns.add(column(columns.size(), clause));
    }
    List<String> primaryKey = key;
    if (primaryKey == null) {
      primaryKey = List.of(TableDefinition.ROW_NUMBER);
      columns.add(rowNumber(columns.size()));
    }
    TableOptions options = TableOptions.of(statement.options());
    checkShardKey(options, primaryKey);
    return new TableDefinition(
        id,
        name.schema(),
        name.name(),
        columns,
        primaryKey,
        options.automaticIndexes() ? AutomaticIndexes.of(name.name(), columns) : List.of(),
        List.of(),
        List.of(),
        options.shards(),
        options.shardKey(),
        "");
  }

  private void collect(ColumnClause clause) {
    String name = clause.name().getSimple();
    if (name.startsWith("$")) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          clause.name().getParserPosition(),
          "The name " + name + " begins with $, as names of the database's own do",
          "Choose another name.");
    }
    if (!names.add(name)) {
      throw DefinitionProblem.at(
          ErrorCode.COLUMN_EXISTS,
          clause.name().getParserPosition(),
          "The table has two columns " + name,
          "Rename one of them.");
    }
    for (ColumnConstraint constraint : clause.constraints()) {
      switch (constraint) {
        case ColumnConstraint.PrimaryKey primary ->
            setKey(List.of(clause.name()), primary.position());
        case ColumnConstraint.NotNull required -> notNull.add(name);
        case ColumnConstraint.AllowNull allowed -> {}
        case ColumnConstraint.Default value -> {}
        case ColumnConstraint.Hidden hidden -> {}
        case ColumnConstraint.Unique unique ->
            throw DefinitionProblem.notYet(
                unique.position(), "UNIQUE", "Make it the primary key, or leave UNIQUE out.");
        case ColumnConstraint.Check check ->
            throw DefinitionProblem.notYet(
                check.position(), "CHECK", "Check values before they are inserted.");
        case ColumnConstraint.Identity identity ->
            throw DefinitionProblem.notYet(
                identity.position(), "An identity column", "Give the key yourself, or use a UUID.");
        case ColumnConstraint.Computed computed ->
            throw DefinitionProblem.notYet(
                computed.position(), "A generated column", "Compute it in a view.");
        case ColumnConstraint.References references ->
            throw DefinitionProblem.notYet(
                references.position(), "REFERENCES", "Leave it out; joins need no foreign key.");
      }
    }
  }

  private void collect(ConstraintClause constraint) {
    switch (constraint) {
      case ConstraintClause.PrimaryKey primary -> setKey(primary.columns(), primary.position());
      case ConstraintClause.Unique unique ->
          throw DefinitionProblem.notYet(
              unique.position(), "UNIQUE", "Make it the primary key, or leave UNIQUE out.");
      case ConstraintClause.Check check ->
          throw DefinitionProblem.notYet(
              check.position(), "CHECK", "Check values before they are inserted.");
      case ConstraintClause.ForeignKey foreign ->
          throw DefinitionProblem.notYet(
              foreign.position(), "FOREIGN KEY", "Leave it out; joins need no foreign key.");
    }
  }

  private void setKey(List<SqlIdentifier> columns, SqlParserPos position) {
    if (key != null) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          position,
          "The table has two primary keys",
          "For a key of several columns write PRIMARY KEY (a, b) after the columns.");
    }
    List<String> keyNames = new ArrayList<>();
    for (SqlIdentifier column : columns) {
      ColumnClause clause =
          statement.columns().stream()
              .filter(each -> each.name().getSimple().equals(column.getSimple()))
              .findFirst()
              .orElseThrow(() -> noColumn(column));
      if (!(DeclaredType.of(clause.type()) instanceof Scalar)) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            column.getParserPosition(),
            "Column " + column + " of type " + clause.type() + " cannot be part of the key",
            "Use a number, text, UUID, date or timestamp.");
      }
      keyNames.add(column.getSimple());
    }
    key = keyNames;
  }

  private RuntimeException noColumn(SqlIdentifier column) {
    List<String> declared =
        statement.columns().stream().map(each -> each.name().getSimple()).toList();
    return DefinitionProblem.at(
        ErrorCode.COLUMN_UNKNOWN,
        column.getParserPosition(),
        "No column " + column,
        NearestName.of(column.getSimple(), declared)
            .map(near -> "Did you mean " + near + "?")
            .orElse("The columns are " + String.join(", ", declared) + "."));
  }

  private ColumnDefinition column(int id, ColumnClause clause) {
    String name = clause.name().getSimple();
    SqlColumnType type = DeclaredType.of(clause.type());
    boolean required = notNull.contains(name) || (key != null && key.contains(name));
    boolean hidden =
        clause.constraints().stream().anyMatch(ColumnConstraint.Hidden.class::isInstance);
    Optional<String> defaultSql =
        clause.constraints().stream()
            .filter(ColumnConstraint.Default.class::isInstance)
            .map(constraint -> textOf.apply(((ColumnConstraint.Default) constraint).value()))
            .findFirst();
    return new ColumnDefinition(
        id,
        name,
        type,
        !required,
        hidden ? Visibility.HIDDEN : Visibility.VISIBLE,
        defaultSql,
        false,
        Optional.empty(),
        "");
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
