package io.quiver.sql.validate;

import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.function.JavaFunction;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;

/**
 * One version of the catalog as Calcite's schema. Immutable, shared by all statements planned
 * against that version.
 */
public final class CatalogSchema {
  private static final CalciteConnectionConfig CONFIG = config();

  private final CatalogSnapshot snapshot;
  private final Rights rights;
  private final CalciteSchema root;
  private final Map<String, Map<String, Table>> tables = new TreeMap<>();
  private final SqlOperatorTable functions;

  /** All of it, for who may do everything. */
  public CatalogSchema(CatalogSnapshot snapshot, List<SystemTable> systemTables) {
    this(snapshot, systemTables, Rights.all());
  }

  /**
   * What a session with these rights may know of.
   *
   * @param snapshot only what it sees
   * @param systemTables likewise
   */
  public CatalogSchema(CatalogSnapshot snapshot, List<SystemTable> systemTables, Rights rights) {
    this.snapshot = snapshot;
    this.rights = rights;
    snapshot.schemas().forEach(name -> tables.put(name, new HashMap<>()));
    for (TableDefinition table : snapshot.tables().values()) {
      put(table.schema(), table.name(), CatalogTable.of(table, rights));
    }
    for (ViewDefinition view : snapshot.views().values()) {
      put(
          view.schema(),
          view.name(),
          new CatalogView(view, each -> QueryValidation.rowType(this, each)));
    }
    for (SystemTable table : systemTables) {
      put(table.schema(), table.name(), CatalogTable.of(table));
    }
    functions = functions(snapshot);
    root = CalciteSchema.createRootSchema(false, false);
    tables.forEach((name, content) -> root.add(name, new Tables(content)));
  }

  /** Those whose libraries are on the class path of this process; the others are unknown here. */
  private static SqlOperatorTable functions(CatalogSnapshot snapshot) {
    List<SqlOperator> found = new ArrayList<>();
    snapshot
        .functions()
        .forEach(
            (name, method) -> {
              try {
                found.add(JavaFunction.of(name, method));
              } catch (JavaFunction.NotUsableException absent) {
                System.getLogger(CatalogSchema.class.getName())
                    .log(
                        System.Logger.Level.WARNING,
                        "Function {0} is not there: {1}",
                        name,
                        absent.getMessage());
              }
            });
    return QuiverOperators.anyCase(found);
  }

  /** Functions that users have made. */
  SqlOperatorTable functions() {
    return functions;
  }

  private void put(String schema, String name, Table table) {
    tables.computeIfAbsent(schema, s -> new HashMap<>()).put(name, table);
  }

  private static CalciteConnectionConfig config() {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    properties.setProperty(
        CalciteConnectionProperty.UNQUOTED_CASING.camelName(), Casing.TO_LOWER.name());
    properties.setProperty(CalciteConnectionProperty.CONFORMANCE.camelName(), "BABEL");
    return new CalciteConnectionConfigImpl(properties);
  }

  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** Of whom statements are planned for. */
  public Rights rights() {
    return rights;
  }

  /** Whether a policy keeps rows of some table from whom statements are planned for. */
  public boolean hidesRows() {
    return tables.values().stream()
        .flatMap(content -> content.values().stream())
        .anyMatch(table -> table instanceof CatalogTable known && known.condition().isPresent());
  }

  /** Looks up names, those without a schema in this one. Not for several threads. */
  public CalciteCatalogReader reader(String defaultSchema) {
    return new CalciteCatalogReader(
        root, List.of(defaultSchema), QuiverTypeFactory.INSTANCE, CONFIG);
  }

  /** The table or view of this name, of one or two parts. */
  public Optional<Table> find(List<String> name, String defaultSchema) {
    String schema = name.size() > 1 ? name.get(name.size() - 2) : defaultSchema;
    Map<String, Table> content = tables.get(schema);
    return content == null ? Optional.empty() : Optional.ofNullable(content.get(name.getLast()));
  }

  /** Names a user may have meant: those of the schema, plain, and all others, qualified. */
  List<String> tableNames(String defaultSchema) {
    List<String> names = new ArrayList<>();
    tables.forEach(
        (schema, content) ->
            content.keySet().stream()
                .sorted()
                .forEach(
                    name -> names.add(schema.equals(defaultSchema) ? name : schema + "." + name)));
    return names;
  }

  /** Names of all columns of user tables and views, for suggestions. */
  List<String> columnNames() {
    List<String> names = new ArrayList<>();
    for (TableDefinition table : snapshot.tables().values()) {
      CatalogTable.of(table).columns().forEach(column -> names.add(column.name()));
    }
    return names;
  }

  private static final class Tables extends AbstractSchema {
    private final Map<String, Table> content;

    Tables(Map<String, Table> content) {
      this.content = content;
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return content;
    }
  }
}
