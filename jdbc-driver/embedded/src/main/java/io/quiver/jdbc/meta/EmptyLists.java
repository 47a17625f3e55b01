package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.MetadataColumns;

/** Lists that are always empty, or never change, with the columns JDBC gives them. */
final class EmptyLists {
  static final MetadataTable PROCEDURES = MetadataTable.of(MetadataColumns.PROCEDURES);
  static final MetadataTable PROCEDURE_COLUMNS =
      MetadataTable.of(MetadataColumns.PROCEDURE_COLUMNS);
  static final MetadataTable COLUMN_PRIVILEGES =
      MetadataTable.of(MetadataColumns.COLUMN_PRIVILEGES);
  static final MetadataTable TABLE_PRIVILEGES = MetadataTable.of(MetadataColumns.TABLE_PRIVILEGES);
  static final MetadataTable VERSION_COLUMNS = MetadataTable.of(MetadataColumns.ROW_IDENTIFIER);

  /** Imported, exported and cross references alike: there are no foreign keys. */
  static final MetadataTable FOREIGN_KEYS = MetadataTable.of(MetadataColumns.FOREIGN_KEYS);

  static final MetadataTable USER_TYPES = MetadataTable.of(MetadataColumns.USER_TYPES);
  static final MetadataTable SUPER_TYPES = MetadataTable.of(MetadataColumns.SUPER_TYPES);
  static final MetadataTable SUPER_TABLES = MetadataTable.of(MetadataColumns.SUPER_TABLES);
  static final MetadataTable ATTRIBUTES = MetadataTable.of(MetadataColumns.ATTRIBUTES);
  static final MetadataTable PSEUDO_COLUMNS = MetadataTable.of(MetadataColumns.PSEUDO_COLUMNS);
  static final MetadataTable CLIENT_INFO =
      MetadataTable.of(MetadataColumns.CLIENT_INFO)
          .row("ApplicationName", 255, "", "What the client calls itself; for people only.");

  private EmptyLists() {}
}
