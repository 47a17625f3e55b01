package io.quiver.sql.validate;

import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.parser.StatementParser;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Validates the queries of one statement: its own, and those of the views it uses. For one thread.
 */
public final class QueryValidation {
  private final CatalogSchema schema;
  private final AtomicInteger blocks = new AtomicInteger();

  public QueryValidation(CatalogSchema schema) {
    this.schema = schema;
  }

  /**
   * A query whose names and types are resolved.
   *
   * @param node the rewritten, validated tree
   * @param rowType names and types of the result
   * @param parameters types of the parameters, in order
   * @param validator knows the types of all nodes
   * @param reader what names were looked up with
   */
  public record ValidatedQuery(
      SqlNode node,
      RelDataType rowType,
      List<RelDataType> parameters,
      QuiverValidator validator,
      CalciteCatalogReader reader) {}

  /**
   * Rewrites and validates.
   *
   * @throws SqlProblemException with the position of what is wrong
   */
  public ValidatedQuery validate(SqlNode query, String defaultSchema) {
    CalciteCatalogReader reader = schema.reader(defaultSchema);
    QuiverValidator validator = new QuiverValidator(reader, schema.functions());
    try {
      SqlNode rewritten =
          new QueryRewriter(blocks, table -> hidden(table, defaultSchema)).rewrite(query);
      SqlNode validated = validator.validate(rewritten);
      return new ValidatedQuery(
          validated,
          validator.getValidatedNodeType(validated),
          validator.parameterTypes(validated),
          validator,
          reader);
    } catch (CalciteException e) {
      throw new ValidationProblems(schema, defaultSchema, query).translate(e);
    }
  }

  /** What Calcite refuses after validation, in our words. */
  public SqlProblemException problem(CalciteException exception, String defaultSchema) {
    return new ValidationProblems(schema, defaultSchema, null).translate(exception);
  }

  private List<String> hidden(SqlIdentifier table, String defaultSchema) {
    return schema
        .find(table.names, defaultSchema)
        .map(found -> found instanceof CatalogTable known ? known.hiddenColumns() : none())
        .orElse(none());
  }

  private static List<String> none() {
    return List.of();
  }

  /** The views whose types are being found out, one for the sake of the other. */
  private static final ScopedValue<Set<List<String>>> READ = ScopedValue.newInstance();

  /** A view whose query reads the view itself, by whichever way round. */
  public static final class ViewReadsItselfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ViewReadsItselfException(List<String> name) {
      super("View " + String.join(".", name) + " reads itself");
    }
  }

  /**
   * The row type of a view, with the names its definition gives.
   *
   * @throws ViewReadsItselfException if it does
   */
  public static RelDataType rowType(CatalogSchema schema, ViewDefinition view) {
    List<String> name = List.of(view.schema(), view.name());
    Set<List<String>> within = new HashSet<>(READ.isBound() ? READ.get() : Set.of());
    if (!within.add(name)) {
      throw new ViewReadsItselfException(name);
    }
    return ScopedValue.where(READ, within).call(() -> typeOf(schema, view));
  }

  private static RelDataType typeOf(CatalogSchema schema, ViewDefinition view) {
    SqlNode query = new StatementParser().parse(view.query());
    RelDataType type = new QueryValidation(schema).validate(query, view.path()).rowType();
    if (view.columns().isEmpty()) {
      return type;
    }
    RelDataTypeFactory.Builder named = QuiverTypeFactory.INSTANCE.builder();
    for (int i = 0; i < type.getFieldCount(); i++) {
      named.add(view.columns().get(i), type.getFieldList().get(i).getType());
    }
    return named.build();
  }
}
