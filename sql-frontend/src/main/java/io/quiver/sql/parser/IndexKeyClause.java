package io.quiver.sql.parser;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What an index is over.
 *
 * @param expression an identifier for a column, anything else for an expression
 * @param operatorClass such as {@code vector_cosine_ops}; null without one
 */
public record IndexKeyClause(
    SqlNode expression, @Nullable SqlIdentifier operatorClass, SqlParserPos position) {}
