package io.quiver.jdbc.meta;

/** Lists that are always empty, or never change, with the columns JDBC gives them. */
final class EmptyLists {
  static final MetadataTable PROCEDURES =
      MetadataTable.of(
          "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, RESERVED1, RESERVED2, RESERVED3,"
              + " REMARKS, PROCEDURE_TYPE i, SPECIFIC_NAME");
  static final MetadataTable PROCEDURE_COLUMNS =
      MetadataTable.of(
          "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, COLUMN_NAME, COLUMN_TYPE i,"
              + " DATA_TYPE i, TYPE_NAME, PRECISION i, LENGTH i, SCALE i, RADIX i, NULLABLE i,"
              + " REMARKS, COLUMN_DEF, SQL_DATA_TYPE i, SQL_DATETIME_SUB i, CHAR_OCTET_LENGTH i,"
              + " ORDINAL_POSITION i, IS_NULLABLE, SPECIFIC_NAME");
  static final MetadataTable COLUMN_PRIVILEGES =
      MetadataTable.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, GRANTOR, GRANTEE, PRIVILEGE,"
              + " IS_GRANTABLE");
  static final MetadataTable TABLE_PRIVILEGES =
      MetadataTable.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE");
  static final MetadataTable VERSION_COLUMNS =
      MetadataTable.of(
          "SCOPE i, COLUMN_NAME, DATA_TYPE i, TYPE_NAME, COLUMN_SIZE i, BUFFER_LENGTH i,"
              + " DECIMAL_DIGITS i, PSEUDO_COLUMN i");

  /** Imported, exported and cross references alike: there are no foreign keys. */
  static final MetadataTable FOREIGN_KEYS =
      MetadataTable.of(
          "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT, FKTABLE_SCHEM,"
              + " FKTABLE_NAME, FKCOLUMN_NAME, KEY_SEQ i, UPDATE_RULE i, DELETE_RULE i, FK_NAME,"
              + " PK_NAME, DEFERRABILITY i");

  static final MetadataTable USER_TYPES =
      MetadataTable.of(
          "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, CLASS_NAME, DATA_TYPE i, REMARKS, BASE_TYPE i");
  static final MetadataTable SUPER_TYPES =
      MetadataTable.of(
          "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SUPERTYPE_CAT, SUPERTYPE_SCHEM, SUPERTYPE_NAME");
  static final MetadataTable SUPER_TABLES =
      MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, SUPERTABLE_NAME");
  static final MetadataTable ATTRIBUTES =
      MetadataTable.of(
          "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ATTR_NAME, DATA_TYPE i, ATTR_TYPE_NAME, ATTR_SIZE i,"
              + " DECIMAL_DIGITS i, NUM_PREC_RADIX i, NULLABLE i, REMARKS, ATTR_DEF,"
              + " SQL_DATA_TYPE i, SQL_DATETIME_SUB i, CHAR_OCTET_LENGTH i, ORDINAL_POSITION i,"
              + " IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE i");
  static final MetadataTable PSEUDO_COLUMNS =
      MetadataTable.of(
          "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE i, COLUMN_SIZE i,"
              + " DECIMAL_DIGITS i, NUM_PREC_RADIX i, COLUMN_USAGE, REMARKS, CHAR_OCTET_LENGTH i,"
              + " IS_NULLABLE");
  static final MetadataTable CLIENT_INFO =
      MetadataTable.of("NAME, MAX_LEN i, DEFAULT_VALUE, DESCRIPTION")
          .row("ApplicationName", 255, "", "What the client calls itself; for people only.");

  private EmptyLists() {}
}
