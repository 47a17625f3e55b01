package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.RowPolicy;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.problem.ErrorCode;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** CREATE and DROP POLICY: which rows of a table a user or role sees. */
record PolicyStatements(Catalog catalog) {
  Access create(Session session, Access access, AccessCommand.CreatePolicy create, String sql) {
    TableDefinition table = new ObjectNames(catalog.current(), session).table(create.table());
    SqlIdentifier grantee = create.grantee();
    if (grantee != null) {
      Grantees.check(access, grantee);
    }
    String name = create.name().getSimple();
    if (access.policies().stream()
        .anyMatch(each -> each.table() == table.id() && each.name().equals(name))) {
      throw DefinitionProblem.at(
          ErrorCode.USER_EXISTS,
          create.name().getParserPosition(),
          "There is a policy " + name + " on " + table.name() + " already",
          "Drop it first, or choose another name.");
    }
    return access.withPolicy(
        new RowPolicy(
            name,
            table.id(),
            grantee == null ? Access.PUBLIC : grantee.getSimple(),
            new StatementText(sql).of(create.condition())));
  }

  Optional<Access> drop(Session session, Access access, AccessCommand.DropPolicy drop) {
    TableDefinition table = new ObjectNames(catalog.current(), session).table(drop.table());
    String name = drop.name().getSimple();
    if (access.policies().stream()
        .noneMatch(each -> each.table() == table.id() && each.name().equals(name))) {
      if (drop.ifExists()) {
        return Optional.empty();
      }
      throw Grantees.unknown(drop.name(), "policy");
    }
    return Optional.of(access.withoutPolicy(name, table.id()));
  }
}
