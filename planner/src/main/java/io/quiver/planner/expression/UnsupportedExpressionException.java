package io.quiver.planner.expression;

/** An expression no evaluator is known for; its node of the plan is left to Calcite. */
public final class UnsupportedExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsupportedExpressionException(String expression) {
    super("No evaluator for " + expression);
  }
}
