package io.quiver.planner.definition;

import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.User;
import io.quiver.sql.problem.ErrorCode;
import org.apache.calcite.sql.SqlIdentifier;

/** Users and roles by their names, which they share. */
final class Grantees {
  private Grantees() {}

  static boolean isTaken(Access access, String name) {
    return access.users().containsKey(name)
        || access.roles().contains(name)
        || name.equals(Access.PUBLIC);
  }

  static RuntimeException taken(SqlIdentifier name) {
    return DefinitionProblem.at(
        ErrorCode.USER_EXISTS,
        name.getParserPosition(),
        "There is a user or role " + name + " already",
        "Choose another name; users and roles share theirs.");
  }

  static User user(Access access, SqlIdentifier name) {
    User user = access.users().get(name.getSimple());
    if (user == null) {
      throw unknown(name, "user");
    }
    return user;
  }

  /** An error where there is no user or role of the name. */
  static void check(Access access, SqlIdentifier name) {
    if (!isTaken(access, name.getSimple())) {
      throw unknown(name, "user or role");
    }
  }

  static RuntimeException unknown(SqlIdentifier name, String what) {
    return DefinitionProblem.at(
        ErrorCode.USER_UNKNOWN,
        name.getParserPosition(),
        "No " + what + " " + name,
        "See quiver.users and quiver.grants for those there are.");
  }
}
