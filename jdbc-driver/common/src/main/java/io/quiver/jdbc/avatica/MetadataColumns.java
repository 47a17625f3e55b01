package io.quiver.jdbc.avatica;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;

/** The columns that JDBC gives the lists of {@link java.sql.DatabaseMetaData}. */
public enum MetadataColumns {
  SCHEMAS("TABLE_SCHEM, TABLE_CATALOG"),
  TABLES(
      "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT, TYPE_SCHEM, "
          + "TYPE_NAME, SELF_REFERENCING_COL_NAME, REF_GENERATION"),
  COLUMNS(
      "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE i, TYPE_NAME, "
          + "COLUMN_SIZE i, BUFFER_LENGTH i, DECIMAL_DIGITS i, NUM_PREC_RADIX i, NULLABLE i, "
          + "REMARKS, COLUMN_DEF, SQL_DATA_TYPE i, SQL_DATETIME_SUB i, CHAR_OCTET_LENGTH i, "
          + "ORDINAL_POSITION i, IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, "
          + "SOURCE_DATA_TYPE i, IS_AUTOINCREMENT, IS_GENERATEDCOLUMN"),
  PRIMARY_KEYS("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ i, PK_NAME"),
  ROW_IDENTIFIER(
      "SCOPE i, COLUMN_NAME, DATA_TYPE i, TYPE_NAME, COLUMN_SIZE i, BUFFER_LENGTH i, "
          + "DECIMAL_DIGITS i, PSEUDO_COLUMN i"),
  INDEXES(
      "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, NON_UNIQUE b, INDEX_QUALIFIER, INDEX_NAME, "
          + "TYPE i, ORDINAL_POSITION i, COLUMN_NAME, ASC_OR_DESC, CARDINALITY i, PAGES i, "
          + "FILTER_CONDITION"),
  FUNCTIONS("FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, REMARKS, FUNCTION_TYPE i, SPECIFIC_NAME"),
  FUNCTION_COLUMNS(
      "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, COLUMN_NAME, COLUMN_TYPE i, "
          + "DATA_TYPE i, TYPE_NAME, PRECISION i, LENGTH i, SCALE i, RADIX i, NULLABLE i, "
          + "REMARKS, CHAR_OCTET_LENGTH i, ORDINAL_POSITION i, IS_NULLABLE, SPECIFIC_NAME"),
  CATALOGS("TABLE_CAT"),
  TABLE_TYPES("TABLE_TYPE"),
  TYPES(
      "TYPE_NAME, DATA_TYPE i, PRECISION i, LITERAL_PREFIX, LITERAL_SUFFIX, CREATE_PARAMS, "
          + "NULLABLE i, CASE_SENSITIVE b, SEARCHABLE i, UNSIGNED_ATTRIBUTE b, "
          + "FIXED_PREC_SCALE b, AUTO_INCREMENT b, LOCAL_TYPE_NAME, MINIMUM_SCALE i, "
          + "MAXIMUM_SCALE i, SQL_DATA_TYPE i, SQL_DATETIME_SUB i, NUM_PREC_RADIX i"),
  PROCEDURES(
      "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, RESERVED1, RESERVED2, RESERVED3, "
          + "REMARKS, PROCEDURE_TYPE i, SPECIFIC_NAME"),
  PROCEDURE_COLUMNS(
      "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, COLUMN_NAME, COLUMN_TYPE i, "
          + "DATA_TYPE i, TYPE_NAME, PRECISION i, LENGTH i, SCALE i, RADIX i, NULLABLE i, "
          + "REMARKS, COLUMN_DEF, SQL_DATA_TYPE i, SQL_DATETIME_SUB i, CHAR_OCTET_LENGTH i, "
          + "ORDINAL_POSITION i, IS_NULLABLE, SPECIFIC_NAME"),
  COLUMN_PRIVILEGES(
      "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, GRANTOR, GRANTEE, PRIVILEGE, "
          + "IS_GRANTABLE"),
  TABLE_PRIVILEGES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE"),
  FOREIGN_KEYS(
      "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT, "
          + "FKTABLE_SCHEM, FKTABLE_NAME, FKCOLUMN_NAME, KEY_SEQ i, UPDATE_RULE i, "
          + "DELETE_RULE i, FK_NAME, PK_NAME, DEFERRABILITY i"),
  USER_TYPES("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, CLASS_NAME, DATA_TYPE i, REMARKS, BASE_TYPE i"),
  SUPER_TYPES("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SUPERTYPE_CAT, SUPERTYPE_SCHEM, SUPERTYPE_NAME"),
  SUPER_TABLES("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, SUPERTABLE_NAME"),
  ATTRIBUTES(
      "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ATTR_NAME, DATA_TYPE i, ATTR_TYPE_NAME, "
          + "ATTR_SIZE i, DECIMAL_DIGITS i, NUM_PREC_RADIX i, NULLABLE i, REMARKS, ATTR_DEF, "
          + "SQL_DATA_TYPE i, SQL_DATETIME_SUB i, CHAR_OCTET_LENGTH i, ORDINAL_POSITION i, "
          + "IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE i"),
  PSEUDO_COLUMNS(
      "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE i, COLUMN_SIZE i, "
          + "DECIMAL_DIGITS i, NUM_PREC_RADIX i, COLUMN_USAGE, REMARKS, CHAR_OCTET_LENGTH i, "
          + "IS_NULLABLE"),
  CLIENT_INFO("NAME, MAX_LEN i, DEFAULT_VALUE, DESCRIPTION");

  private final Meta.Signature signature;

  /**
   * @param columns names, each followed by {@code i} for a number or {@code b} for a boolean where
   *     it is no text
   */
  MetadataColumns(String columns) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (String column : columns.split(",")) {
      String[] parts = column.trim().split(" ");
      AvaticaType type = parts.length == 1 ? scalar("s") : scalar(parts[1]);
      described.add(MetaImpl.columnMetaData(parts[0], described.size(), type, true));
    }
    signature =
        Meta.Signature.create(
            described, "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
  }

  public Meta.Signature signature() {
    return signature;
  }

  private static AvaticaType scalar(String letter) {
    return switch (letter) {
      case "i" -> ColumnMetaData.scalar(Types.INTEGER, "INTEGER", Rep.INTEGER);
      case "b" -> ColumnMetaData.scalar(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN);
      case "s" -> ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", Rep.STRING);
      default -> throw new IllegalArgumentException("Unknown kind of column: " + letter);
    };
  }
}
