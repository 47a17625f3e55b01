package io.quiver.planner.expression;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;

/**
 * Functions of real numbers that are not defined everywhere. Where one is not, or its value is
 * beyond DOUBLE, it is an error, as in PostgreSQL, and never an infinity or NaN; those that are
 * given go through.
 */
final class RealFunctions {
  private RealFunctions() {}

  static double log(double value) {
    return Math.log(positive(value));
  }

  static double log10(double value) {
    return Math.log10(positive(value));
  }

  private static double positive(double value) {
    if (value <= 0) {
      throw SqlProblem.of(
              ErrorCode.LOGARITHM_UNDEFINED,
              "the logarithm of " + (value == 0 ? "zero" : value) + " is not defined",
              value == 0
                  ? "write NULLIF(value, 0) to get NULL instead."
                  : "give a positive number, or leave such rows out by WHERE.")
          .asException();
    }
    return value;
  }

  static double sqrt(double value) {
    if (value < 0) {
      throw noRoot(value);
    }
    return Math.sqrt(value);
  }

  static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw noPower(
          "zero to the power of " + exponent + " is not defined",
          "write NULLIF(value, 0) to get NULL instead.");
    }
    if (base < 0 && exponent == 0.5) {
      // SQRT becomes this when it is planned.
      throw noRoot(base);
    }
    if (base < 0
        && Double.isFinite(base)
        && Double.isFinite(exponent)
        && exponent != Math.rint(exponent)) {
      throw noPower(
          base + " to the power of " + exponent + " is not a real number",
          "give a base that is not negative, or a whole exponent.");
    }
    double power = Math.pow(base, exponent);
    if (Double.isInfinite(power) && Double.isFinite(base) && Double.isFinite(exponent)) {
      throw beyond(base + " to the power of " + exponent);
    }
    return power;
  }

  static double exp(double value) {
    double power = Math.exp(value);
    if (Double.isInfinite(power) && Double.isFinite(value)) {
      throw beyond("EXP of " + value);
    }
    return power;
  }

  static double asin(double value) {
    return Math.asin(sine("ASIN", value));
  }

  static double acos(double value) {
    return Math.acos(sine("ACOS", value));
  }

  private static double sine(String function, double value) {
    if (Math.abs(value) > 1) {
      throw EvaluationProblem.badArgument(
          function + " of " + value + " is not defined", "give a number from -1 to 1.");
    }
    return value;
  }

  /** The result of an operation on two numbers, which only an infinity makes infinite. */
  static double finite(double result, double a, double b, String operation) {
    if (Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
      throw beyond(a + " " + operation + " " + b);
    }
    return result;
  }

  private static SqlProblemException beyond(String what) {
    return EvaluationProblem.badArgument(
        what + " is beyond DOUBLE", "compute with smaller numbers, or in DECIMAL.");
  }

  private static SqlProblemException noRoot(double value) {
    return noPower(
        "the square root of " + value + " is not a real number",
        "give a number that is not negative, or leave such rows out by WHERE.");
  }

  private static SqlProblemException noPower(String message, String remedy) {
    return SqlProblem.of(ErrorCode.POWER_UNDEFINED, message, remedy).asException();
  }
}
