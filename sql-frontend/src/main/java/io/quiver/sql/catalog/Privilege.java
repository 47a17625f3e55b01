package io.quiver.sql.catalog;

/** What a user may be allowed to do with a table, a view, or all that a schema holds. */
public enum Privilege {
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  /** To define tables, indexes and views in a schema. */
  CREATE
}
