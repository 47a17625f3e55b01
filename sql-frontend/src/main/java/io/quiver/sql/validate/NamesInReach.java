package io.quiver.sql.validate;

import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The columns that a query can have meant: those of the tables it names. */
final class NamesInReach extends SqlBasicVisitor<@Nullable Void> {
  private final CatalogSchema schema;
  private final String defaultSchema;
  private final Set<List<String>> tables = new LinkedHashSet<>();
  private final Map<String, SqlIdentifier> aliases = new HashMap<>();

  private NamesInReach(CatalogSchema schema, String defaultSchema) {
    this.schema = schema;
    this.defaultSchema = defaultSchema;
  }

  /** Columns of the table that goes by a name in a query; those of all its tables for none. */
  static List<String> columns(
      SqlNode query, @Nullable String alias, CatalogSchema schema, String defaultSchema) {
    NamesInReach names = new NamesInReach(schema, defaultSchema);
    query.accept(names);
    SqlIdentifier aliased = alias == null ? null : names.aliases.get(alias);
    if (aliased != null) {
      return names.columns(aliased.names);
    }
    List<String> own = alias == null ? List.of() : names.columns(List.of(alias));
    if (!own.isEmpty()) {
      return own;
    }
    List<String> all = new ArrayList<>();
    names.tables.forEach(table -> all.addAll(names.columns(table)));
    return all;
  }

  private List<String> columns(List<String> table) {
    return schema
        .find(table, defaultSchema)
        .map(found -> found.getRowType(QuiverTypeFactory.INSTANCE).getFieldNames())
        .orElse(List.of());
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.AS
        && call.operand(0) instanceof SqlIdentifier table
        && call.operand(1) instanceof SqlIdentifier alias) {
      aliases.put(alias.getSimple(), table);
    }
    return super.visit(call);
  }

  @Override
  public @Nullable Void visit(SqlIdentifier name) {
    if (!name.names.isEmpty()
        && !name.isStar()
        && schema.find(name.names, defaultSchema).isPresent()) {
      tables.add(name.names);
    }
    return null;
  }
}
