package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.write.Definition;
import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Access.RowPolicy;
import io.quiver.sql.catalog.Access.Target;
import io.quiver.sql.catalog.Access.User;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.Secrets;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.problem.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Carries out statements about users and rights, one at a time with all definitions.
 *
 * <p>Only administrators may give them, but that every user makes and drops keys of their own.
 */
public final class AccessRunner {
  private static final int KEY_DAYS = 90;
  private static final int KEY_ID_BYTES = 6;
  private static final int KEY_SECRET_BYTES = 32;
  private static final int LEAST_PASSWORD = 8;

  private final VectorEngine engine;
  private final Catalog catalog;
  private final Clock clock;
  private final ReentrantLock oneAtATime;

  /**
   * A key that was made.
   *
   * @param text the whole of it, which is kept nowhere
   */
  public record NewKey(String id, String text) {}

  AccessRunner(VectorEngine engine, Catalog catalog, Clock clock, ReentrantLock oneAtATime) {
    this.engine = engine;
    this.catalog = catalog;
    this.clock = clock;
    this.oneAtATime = oneAtATime;
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
        return Optional.of(createKey(session, rights, create));
      }
      if (command instanceof AccessCommand.DropKey drop) {
        dropKey(session, rights, drop);
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
        User user = user(access, alter.name());
        yield Optional.of(
            access.withUser(
                new User(
                    user.name(), Optional.of(hash(alter.password(), alter.name())), user.roles())));
      }
      case AccessCommand.CreateRole create -> {
        String name = create.name().getSimple();
        if (isTaken(access, name)) {
          if (create.ifNotExists() && !access.users().containsKey(name)) {
            yield Optional.empty();
          }
          throw taken(create.name());
        }
        yield Optional.of(access.withRole(name));
      }
      case AccessCommand.DropGrantee drop -> dropGrantee(access, drop);
      case AccessCommand.Grant grant -> Optional.of(grant(session, access, grant));
      case AccessCommand.GrantRole grant -> Optional.of(grantRole(access, grant));
      case AccessCommand.CreatePolicy create ->
          Optional.of(createPolicy(session, access, create, sql));
      case AccessCommand.DropPolicy drop -> dropPolicy(session, access, drop);
      case AccessCommand.CreateKey create ->
          throw new IllegalStateException("Carried out elsewhere: " + create.statementName());
      case AccessCommand.DropKey drop ->
          throw new IllegalStateException("Carried out elsewhere: " + drop.statementName());
    };
  }

  private static boolean isTaken(Access access, String name) {
    return access.users().containsKey(name)
        || access.roles().contains(name)
        || name.equals(Access.PUBLIC);
  }

  private static RuntimeException taken(SqlIdentifier name) {
    return DefinitionProblem.at(
        ErrorCode.USER_EXISTS,
        name.getParserPosition(),
        "There is a user or role " + name + " already",
        "Choose another name; users and roles share theirs.");
  }

  private Optional<Access> createUser(Access access, AccessCommand.CreateUser create) {
    String name = create.name().getSimple();
    if (isTaken(access, name)) {
      if (create.ifNotExists() && access.users().containsKey(name)) {
        return Optional.empty();
      }
      throw taken(create.name());
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

  private static User user(Access access, SqlIdentifier name) {
    User user = access.users().get(name.getSimple());
    if (user == null) {
      throw unknown(name, "user");
    }
    return user;
  }

  private static RuntimeException unknown(SqlIdentifier name, String what) {
    return DefinitionProblem.at(
        ErrorCode.USER_UNKNOWN,
        name.getParserPosition(),
        "No " + what + " " + name,
        "See quiver.users and quiver.grants for those there are.");
  }

  private static Optional<Access> dropGrantee(Access access, AccessCommand.DropGrantee drop) {
    String name = drop.name().getSimple();
    boolean there = drop.user() ? access.users().containsKey(name) : access.roles().contains(name);
    if (!there) {
      if (drop.ifExists()) {
        return Optional.empty();
      }
      throw unknown(drop.name(), drop.user() ? "user" : "role");
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
      throw unknown(grant.role(), "role");
    }
    User user = user(access, grant.user());
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

  private void checkGrantee(Access access, SqlIdentifier name) {
    if (!isTaken(access, name.getSimple())) {
      throw unknown(name, "user or role");
    }
  }

  private Access grant(Session session, Access access, AccessCommand.Grant grant) {
    checkGrantee(access, grant.grantee());
    Target target = target(session, grant.on());
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

  private Target target(Session session, AccessCommand.On on) {
    ObjectNames names = new ObjectNames(catalog.current(), session);
    if (on.schema()) {
      String schema = on.name().getSimple();
      if (!catalog.current().schemas().contains(schema)) {
        throw DefinitionProblem.at(
            ErrorCode.SCHEMA_UNKNOWN,
            on.name().getParserPosition(),
            "No schema " + schema,
            "See information_schema.schemata for the schemas there are.");
      }
      return new Target(schema, Optional.empty(), Optional.empty());
    }
    QualifiedName name = names.qualified(on.name());
    if (catalog.current().views().containsKey(name)) {
      return new Target(name.schema(), Optional.empty(), Optional.of(name.name()));
    }
    TableDefinition table = names.table(on.name());
    return new Target(table.schema(), Optional.of(table.id()), Optional.empty());
  }

  private Access createPolicy(
      Session session, Access access, AccessCommand.CreatePolicy create, String sql) {
    TableDefinition table = new ObjectNames(catalog.current(), session).table(create.table());
    SqlIdentifier grantee = create.grantee();
    if (grantee != null) {
      checkGrantee(access, grantee);
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

  private Optional<Access> dropPolicy(
      Session session, Access access, AccessCommand.DropPolicy drop) {
    TableDefinition table = new ObjectNames(catalog.current(), session).table(drop.table());
    String name = drop.name().getSimple();
    if (access.policies().stream()
        .noneMatch(each -> each.table() == table.id() && each.name().equals(name))) {
      if (drop.ifExists()) {
        return Optional.empty();
      }
      throw unknown(drop.name(), "policy");
    }
    return Optional.of(access.withoutPolicy(name, table.id()));
  }

  private NewKey createKey(Session session, Rights rights, AccessCommand.CreateKey create) {
    Access access = catalog.current().access();
    SqlIdentifier named = create.user();
    String user = named == null ? session.user() : named.getSimple();
    if (named != null) {
      user(access, named);
    } else if (!access.users().containsKey(user)) {
      throw DefinitionProblem.at(
          ErrorCode.USER_UNKNOWN,
          create.name().getParserPosition(),
          "There is no user " + user + " for the key to let in",
          "Write CREATE API KEY name FOR user.");
    }
    // A key cannot make a key: that would outlive it, or reach further.
    if (rights.key().isPresent() || (!user.equals(session.user()) && !rights.isUnlimited())) {
      throw DefinitionProblem.at(
          ErrorCode.PRIVILEGE_MISSING,
          create.name().getParserPosition(),
          "A key for " + user + " is made by that user, or by an administrator",
          "Connect with the password.");
    }
    AccessCommand.On on = create.scope();
    String id = "k" + Secrets.random(KEY_ID_BYTES).replace('-', 'x').replace('_', 'y');
    String secret = Secrets.random(KEY_SECRET_BYTES);
    long now = clock.millis();
    commit(
        access.withKey(
            new ApiKey(
                id,
                create.name().getSimple(),
                user,
                Secrets.hashKey(secret),
                create.readOnly(),
                on == null ? Optional.empty() : Optional.of(target(session, on)),
                now,
                now + Duration.ofDays(days(create.days())).toMillis())));
    return new NewKey(id, "qv_" + id + "_" + secret);
  }

  private static long days(@Nullable SqlNode literal) {
    return literal == null ? KEY_DAYS : ((SqlLiteral) literal).intValue(true);
  }

  private void dropKey(Session session, Rights rights, AccessCommand.DropKey drop) {
    Access access = catalog.current().access();
    String name = drop.key().getSimple();
    List<ApiKey> found =
        access.keys().values().stream()
            .filter(key -> key.id().equals(name) || key.name().equals(name))
            .filter(key -> rights.isUnlimited() || key.user().equals(session.user()))
            .toList();
    if (found.isEmpty()) {
      if (drop.ifExists()) {
        return;
      }
      throw unknown(drop.key(), "API key");
    }
    if (found.size() > 1) {
      throw DefinitionProblem.at(
          ErrorCode.USER_EXISTS,
          drop.key().getParserPosition(),
          found.size() + " keys have the name " + name,
          "Write the id of one, as quiver.api_keys has it.");
    }
    commit(access.withoutKey(found.getFirst().id()));
  }
}
