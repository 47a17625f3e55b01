package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.SQLException;

/** {@code unwrap}, with an error that says what was asked of what. */
final class Wrapping {
  private Wrapping() {}

  static <T> T unwrap(Object held, Class<T> wanted) throws SQLException {
    if (wanted == null || !wanted.isInstance(held)) {
      throw SqlErrors.misuse(
          "0A000",
          held.getClass().getName() + " is not a " + (wanted == null ? "null" : wanted.getName()));
    }
    return wanted.cast(held);
  }
}
