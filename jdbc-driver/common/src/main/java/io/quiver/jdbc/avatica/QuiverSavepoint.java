package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint, which the database knows by its name alone.
 *
 * @param id of one without a name of its own; 0 for others
 */
record QuiverSavepoint(String name, int id) implements Savepoint {
  static QuiverSavepoint named(String name) {
    return new QuiverSavepoint(name, 0);
  }

  static QuiverSavepoint numbered(int id) {
    return new QuiverSavepoint("savepoint " + id, id);
  }

  static QuiverSavepoint of(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint instanceof QuiverSavepoint ours) {
      return ours;
    }
    throw SqlErrors.misuse("3B001", "Not a savepoint of this database: " + savepoint);
  }

  String quoted() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (id == 0) {
      throw SqlErrors.misuse("3B001", "Savepoint '" + name + "' has a name, and no number");
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (id != 0) {
      throw SqlErrors.misuse("3B001", "Savepoint " + id + " has a number, and no name");
    }
    return name;
  }
}
