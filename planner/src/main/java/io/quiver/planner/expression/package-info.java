/**
 * Scalar expressions as small evaluators: closures made once with a plan, run once a row.
 *
 * <p>What is not known here is left to Calcite's generated code, which is slower to make and kept
 * with the plan. Start reading at {@link io.quiver.planner.expression.ExpressionCompiler}.
 */
@NullMarked
package io.quiver.planner.expression;

import org.jspecify.annotations.NullMarked;
