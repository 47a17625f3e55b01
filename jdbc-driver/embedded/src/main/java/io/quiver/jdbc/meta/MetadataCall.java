package io.quiver.jdbc.meta;

import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.jspecify.annotations.Nullable;

/**
 * A question about metadata as an operation with its arguments, whether it was asked in this
 * process or came over the wire, where Avatica's protocol has a request of its own for few of them.
 */
record MetadataCall(MetaDataOperation operation, @Nullable Object[] arguments) {
  static MetadataCall of(QueryState state) {
    Object[] arguments = state.getOperationArgs();
    return new MetadataCall(
        state.getMetaDataOperation(), arguments == null ? new Object[0] : arguments);
  }

  private @Nullable String text(int position) {
    if (position >= arguments.length) {
      throw Translation.problem(
          "07001", 0, operation + " takes more arguments than the " + arguments.length + " given");
    }
    Object argument = arguments[position];
    return argument == null ? null : argument.toString();
  }

  MetadataTable answer(CatalogLists lists) {
    return switch (operation) {
      case GET_SCHEMAS -> lists.schemas(null, null);
      case GET_SCHEMAS_WITH_ARGS -> lists.schemas(text(0), text(1));
      case GET_TABLES -> lists.tables(text(0), text(1), text(2), types());
      case GET_COLUMNS -> lists.columns(text(0), text(1), text(2), text(3));
      case GET_PRIMARY_KEYS -> lists.primaryKeys(text(0), text(1), text(2));
      case GET_INDEX_INFO ->
          lists.indexes(text(0), text(1), text(2), Boolean.parseBoolean(text(3)));
      case GET_BEST_ROW_IDENTIFIER -> lists.bestRowIdentifier(text(0), text(1), text(2));
      case GET_FUNCTIONS -> SqlFunctionList.functions(text(0), text(1), text(2));
      case GET_FUNCTION_COLUMNS -> SqlFunctionList.columns(text(0), text(1), text(2), text(3));
      case GET_CATALOGS -> DatabaseFacts.NO_CATALOGS;
      case GET_TABLE_TYPES -> DatabaseFacts.TABLE_TYPES;
      case GET_TYPE_INFO -> DatabaseFacts.TYPES;
      case GET_PROCEDURES -> EmptyLists.PROCEDURES;
      case GET_PROCEDURE_COLUMNS -> EmptyLists.PROCEDURE_COLUMNS;
      case GET_COLUMN_PRIVILEGES -> EmptyLists.COLUMN_PRIVILEGES;
      case GET_TABLE_PRIVILEGES -> EmptyLists.TABLE_PRIVILEGES;
      case GET_VERSION_COLUMNS -> EmptyLists.VERSION_COLUMNS;
      case GET_IMPORTED_KEYS, GET_EXPORTED_KEYS, GET_CROSS_REFERENCE -> EmptyLists.FOREIGN_KEYS;
      case GET_UDTS -> EmptyLists.USER_TYPES;
      case GET_SUPER_TYPES -> EmptyLists.SUPER_TYPES;
      case GET_SUPER_TABLES -> EmptyLists.SUPER_TABLES;
      case GET_ATTRIBUTES -> EmptyLists.ATTRIBUTES;
      case GET_CLIENT_INFO_PROPERTIES -> EmptyLists.CLIENT_INFO;
      case GET_PSEUDO_COLUMNS -> EmptyLists.PSEUDO_COLUMNS;
    };
  }

  private @Nullable List<String> types() {
    return arguments.length > 3 && arguments[3] instanceof Object[] names
        ? Arrays.stream(names).map(String::valueOf).toList()
        : null;
  }
}
