package io.quiver.planner;

/**
 * A column of a result.
 *
 * @param label what the query calls it
 * @param table the table it comes from, empty for an expression
 * @param schema the schema of that table, empty for an expression
 */
public record ResultColumn(
    String label, String table, String schema, ResultType type, boolean nullable) {}
