package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.write.Definition;
import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.Target;
import io.quiver.sql.catalog.Access.User;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.Secrets;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.problem.ErrorCode;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/**
 * Carries out statements about users and rights, one at a time with all definitions.
 *
 * <p>Only administrators may give them, but that every user makes and drops keys of their own.
 */
public final class AccessRunner {
  private static final int LEAST_PASSWORD = 8;

  private final VectorEngine engine;
  private final Catalog catalog;
  private final ReentrantLock oneAtATime;
  private final KeyStatements keys;
  private final PolicyStatements policies;

  /**
   * A key that was made.
   *
   * @param text the whole of it, which is kept nowhere
   */
  public record NewKey(String id, String text) {}

  AccessRunner(VectorEngine engine, Catalog catalog, Clock clock, ReentrantLock oneAtATime) {
    this.engine = engine;
    this.catalog = catalog;
    this.oneAtATime = oneAtATime;
    this.keys = new KeyStatements(catalog, clock, this::commit);
    this.policies = new PolicyStatements(catalog);
  }

  /**
   * Carries out a command.
   *
   * @param sql the statement's text, from which policies keep their condition
   * @return the key, for the command that makes one
   */
  Optional<NewKey> run(Session session, AccessCommand command, String sql) {
    Rights rights = session.rights(catalog.current());
    oneAtATime.lock();
    try {
      if (command instanceof AccessCommand.CreateKey create) {
        return Optional.of(keys.create(session, rights, create));
      }
      if (command instanceof AccessCommand.DropKey drop) {
        keys.drop(session, rights, drop);
        return Optional.empty();
      }
      if (!rights.isUnlimited()) {
        throw DefinitionProblem.at(
            ErrorCode.PRIVILEGE_MISSING,
            org.apache.calcite.sql.parser.SqlParserPos.ZERO,
            command.statementName() + " is for administrators",
            "Ask one, or connect as one.");
      }
      change(session, command, sql).ifPresent(this::commit);
      return Optional.empty();
    } finally {
      oneAtATime.unlock();
    }
  }

  private void commit(Access access) {
    engine.define(new Definition(List.of(), catalog.encode(new CatalogChange.PutAccess(access))));
  }

  /** Gives who made a table all there is to do with it. */
  void grantAll(String user, TableDefinition table) {
    commit(
        catalog
            .current()
            .access()
            .withGrant(
                user,
                new Target(table.schema(), Optional.of(table.id()), Optional.empty()),
                EnumSet.of(
                    Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE)));
  }

  private Optional<Access> change(Session session, AccessCommand command, String sql) {
    Access access = catalog.current().access();
    return switch (command) {
      case AccessCommand.CreateUser create -> createUser(access, create);
      case AccessCommand.AlterUser alter -> {
        User user = Grantees.user(access, alter.name());
        yield Optional.of(
            access.withUser(
                new User(
                    user.name(), Optional.of(hash(alter.password(), alter.name())), user.roles())));
      }
      case AccessCommand.CreateRole create -> {
        String name = create.name().getSimple();
        if (Grantees.isTaken(access, name)) {
          if (create.ifNotExists() && !access.users().containsKey(name)) {
            yield Optional.empty();
          }
          throw Grantees.taken(create.name());
        }
        yield Optional.of(access.withRole(name));
      }
      case AccessCommand.DropGrantee drop -> dropGrantee(access, drop);
      case AccessCommand.Grant grant -> Optional.of(grant(session, access, grant));
      case AccessCommand.GrantRole grant -> Optional.of(grantRole(access, grant));
      case AccessCommand.CreatePolicy create ->
          Optional.of(policies.create(session, access, create, sql));
      case AccessCommand.DropPolicy drop -> policies.drop(session, access, drop);
      case AccessCommand.CreateKey create ->
          throw new IllegalStateException("Carried out elsewhere: " + create.statementName());
      case AccessCommand.DropKey drop ->
          throw new IllegalStateException("Carried out elsewhere: " + drop.statementName());
    };
  }

  private Optional<Access> createUser(Access access, AccessCommand.CreateUser create) {
    String name = create.name().getSimple();
    if (Grantees.isTaken(access, name)) {
      if (create.ifNotExists() && access.users().containsKey(name)) {
        return Optional.empty();
      }
      throw Grantees.taken(create.name());
    }
    Optional<String> hash =
        Optional.ofNullable(create.password()).map(text -> hash(text, create.name()));
    // Nobody becomes administrator for being first: only under this name, and while there is none.
    boolean first = name.equals(Access.ADMIN) && !access.hasAdministrator();
    Set<String> roles = first ? Set.of(Access.ADMIN) : Set.of();
    return Optional.of(access.withUser(new User(name, hash, new TreeSet<>(roles))));
  }

  private static String hash(SqlNode literal, SqlIdentifier name) {
    String password = ((SqlLiteral) literal).getValueAs(String.class);
    if (password.length() < LEAST_PASSWORD) {
      throw DefinitionProblem.at(
          ErrorCode.PASSWORD_WEAK,
          name.getParserPosition(),
          "The password of " + name + " has fewer than " + LEAST_PASSWORD + " characters",
          "Choose a longer one.");
    }
    return Secrets.hashPassword(password);
  }

  private static Optional<Access> dropGrantee(Access access, AccessCommand.DropGrantee drop) {
    String name = drop.name().getSimple();
    boolean there = drop.user() ? access.users().containsKey(name) : access.roles().contains(name);
    if (!there) {
      if (drop.ifExists()) {
        return Optional.empty();
      }
      throw Grantees.unknown(drop.name(), drop.user() ? "user" : "role");
    }
    Access changed = access.without(name);
    checkAdministrator(access, changed, drop.name());
    return Optional.of(changed);
  }

  private static void checkAdministrator(Access before, Access after, SqlIdentifier name) {
    if (before.hasAdministrator() && !after.hasAdministrator()) {
      throw DefinitionProblem.at(
          ErrorCode.PRIVILEGE_MISSING,
          name.getParserPosition(),
          name + " is the last administrator",
          "Grant admin to another user first.");
    }
  }

  private static Access grantRole(Access access, AccessCommand.GrantRole grant) {
    String role = grant.role().getSimple();
    if (!role.equals(Access.ADMIN) && !access.roles().contains(role)) {
      throw Grantees.unknown(grant.role(), "role");
    }
    User user = Grantees.user(access, grant.user());
    TreeSet<String> roles = new TreeSet<>(user.roles());
    if (grant.revoke()) {
      roles.remove(role);
    } else {
      roles.add(role);
    }
    Access changed = access.withUser(new User(user.name(), user.passwordHash(), roles));
    checkAdministrator(access, changed, grant.user());
    return changed;
  }

  private Access grant(Session session, Access access, AccessCommand.Grant grant) {
    Grantees.check(access, grant.grantee());
    Target target = GrantTarget.of(catalog.current(), session, grant.on());
    Set<Privilege> named =
        grant.privileges().isEmpty()
            ? EnumSet.allOf(Privilege.class)
            : EnumSet.copyOf(grant.privileges().stream().map(Privilege::valueOf).toList());
    if (!grant.on().schema()) {
      if (!grant.privileges().isEmpty() && named.contains(Privilege.CREATE)) {
        throw DefinitionProblem.at(
            ErrorCode.PRIVILEGE_MISSING,
            grant.on().name().getParserPosition(),
            "CREATE is a privilege on schemas, not on tables",
            "Write GRANT CREATE ON SCHEMA name TO ...");
      }
      named.remove(Privilege.CREATE);
    }
    String grantee = grant.grantee().getSimple();
    Set<Privilege> all = access.granted(grantee, target);
    if (grant.revoke()) {
      all.removeAll(named);
    } else {
      all.addAll(named);
    }
    return access.withGrant(grantee, target, all);
  }
}
