/**
 * The functions SQL gains, as data: distances and other arithmetic of vectors, predicates on
 * arrays, and the three searches that stand in FROM.
 *
 * <p>Start reading at {@link io.quiver.sql.function.QuiverOperators}. What a function computes is
 * the planner's matter; here are names, operand types and result types.
 */
@NullMarked
package io.quiver.sql.function;

import org.jspecify.annotations.NullMarked;
