package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** {@code column = value} in SET. */
public record Assignment(SqlIdentifier column, SqlNode value) {}
