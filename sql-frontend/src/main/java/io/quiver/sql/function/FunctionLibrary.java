package io.quiver.sql.function;

/**
 * Java functions that an administrator may name in SQL: {@code CREATE FUNCTION decay AS
 * 'com.acme.Ranking.decay'}.
 *
 * <p>A library is put on the class path and listed in {@code
 * META-INF/services/io.quiver.sql.function.FunctionLibrary}. What is not in one cannot be named:
 * SQL never loads a class.
 */
public interface FunctionLibrary {
  /**
   * The class whose public static methods may become functions. They are to give the same for the
   * same arguments, and may be called by many threads.
   */
  Class<?> methods();
}
