package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code name = value} in {@code WITH (...)}.
 *
 * @param name may have a prefix, such as {@code hnsw.m}
 * @param value as text: of a string what is between its quotes, of a number its digits
 */
public record OptionClause(SqlIdentifier name, String value, SqlParserPos valuePosition) {}
