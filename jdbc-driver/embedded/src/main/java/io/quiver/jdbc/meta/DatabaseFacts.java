package io.quiver.jdbc.meta;

import io.quiver.jdbc.BuildVersion;
import io.quiver.jdbc.avatica.MetadataColumns;
import io.quiver.jdbc.avatica.SqlKind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;
import org.jspecify.annotations.Nullable;

/** What JDBC asks of a database that is the same for every one of Quiver. */
final class DatabaseFacts {
  static final MetadataTable NO_CATALOGS = MetadataTable.of(MetadataColumns.CATALOGS);
  static final MetadataTable TABLE_TYPES =
      MetadataTable.of(MetadataColumns.TABLE_TYPES).row("SYSTEM TABLE").row("TABLE").row("VIEW");
  static final MetadataTable TYPES = types();

  /** Reserved here, and not in SQL:2003. */
  private static final String KEYWORDS =
      "EXPLAIN,ILIKE,LIMIT,MINUS,QUALIFY,RLIKE,TABLESAMPLE,TRUNCATE,UPSERT";

  private static final String NUMERIC_FUNCTIONS =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,"
          + "RAND,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";
  private static final String STRING_FUNCTIONS =
      "CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,LCASE,LEFT,LENGTH,LTRIM,POSITION,REPLACE,RIGHT,RTRIM,"
          + "SUBSTRING,UCASE";
  private static final String TIME_FUNCTIONS =
      "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,EXTRACT,YEAR,QUARTER,MONTH,DAYOFMONTH,HOUR,"
          + "MINUTE,SECOND,TIMESTAMPADD,TIMESTAMPDIFF";

  private DatabaseFacts() {}

  static void describe(Map<DatabaseProperty, Object> properties) {
    BuildVersion version = BuildVersion.current();
    properties.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, KEYWORDS);
    properties.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, NUMERIC_FUNCTIONS);
    properties.put(DatabaseProperty.GET_STRING_FUNCTIONS, STRING_FUNCTIONS);
    properties.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, TIME_FUNCTIONS);
    properties.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, "IFNULL,USER");
    properties.put(
        DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_REPEATABLE_READ);
    properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Quiver");
    properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, version.text());
    properties.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, version.major());
    properties.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, version.minor());
    properties.put(DatabaseProperty.GET_DRIVER_NAME, "Quiver JDBC Driver");
    properties.put(DatabaseProperty.GET_DRIVER_VERSION, version.text());
    properties.put(DatabaseProperty.GET_DRIVER_MAJOR_VERSION, version.major());
    properties.put(DatabaseProperty.GET_DRIVER_MINOR_VERSION, version.minor());
  }

  private static MetadataTable types() {
    MetadataTable types = MetadataTable.of(MetadataColumns.TYPES);
    // In the order of JDBC's numbers, as it asks.
    add(types, "BIGINT", SqlKind.BIGINT, 19, null, null, null);
    add(types, "VARBINARY", SqlKind.VARBINARY, Integer.MAX_VALUE, "X'", "'", null);
    add(types, "DECIMAL", SqlKind.DECIMAL, 38, null, null, "precision,scale");
    add(types, "INTEGER", SqlKind.INTEGER, 10, null, null, null);
    add(types, "SMALLINT", SqlKind.SMALLINT, 5, null, null, null);
    add(types, "REAL", SqlKind.REAL, 7, null, null, null);
    add(types, "DOUBLE", SqlKind.DOUBLE, 15, null, null, null);
    add(types, "VARCHAR", SqlKind.VARCHAR, Integer.MAX_VALUE, "'", "'", "length");
    add(types, "JSON", SqlKind.JSON, Integer.MAX_VALUE, "'", "'", null);
    add(types, "BOOLEAN", SqlKind.BOOLEAN, 1, null, null, null);
    add(types, "DATE", SqlKind.DATE, 10, "DATE '", "'", null);
    add(types, "TIME", SqlKind.TIME, 12, "TIME '", "'", null);
    add(types, "TIMESTAMP", SqlKind.TIMESTAMP, 23, "TIMESTAMP '", "'", null);
    add(types, "VECTOR", SqlKind.VECTOR, 16_384, "'", "'", "dimension,element");
    add(types, "SPARSEVEC", SqlKind.SPARSEVEC, Integer.MAX_VALUE, "'", "'", "dimension");
    add(types, "MULTIVECTOR", SqlKind.MULTIVECTOR, 16_384, "'", "'", "dimension");
    add(types, "UUID", SqlKind.UUID, 36, "'", "'", null);
    add(types, "VARCHAR ARRAY", SqlKind.ARRAY, Integer.MAX_VALUE, "ARRAY[", "]", null);
    add(types, "TIMESTAMP WITH TIME ZONE", SqlKind.TIMESTAMP_TZ, 29, "'", "'", null);
    return types;
  }

  private static void add(
      MetadataTable types,
      String name,
      SqlKind kind,
      int precision,
      @Nullable String prefix,
      @Nullable String suffix,
      @Nullable String arguments) {
    boolean text = kind == SqlKind.VARCHAR || kind == SqlKind.JSON;
    types.row(
        name,
        kind.jdbcType(),
        precision,
        prefix,
        suffix,
        arguments,
        DatabaseMetaData.typeNullable,
        text,
        text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
        false,
        false,
        false,
        null,
        0,
        kind == SqlKind.DECIMAL ? 38 : 0,
        null,
        null,
        kind.isNumeric() ? 10 : null);
  }
}
