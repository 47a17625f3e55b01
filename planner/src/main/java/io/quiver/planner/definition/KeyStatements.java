package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.Secrets;
import io.quiver.sql.parser.AccessCommand;
import io.quiver.sql.problem.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** CREATE and DROP API KEY: every user makes and drops keys of their own. */
final class KeyStatements {
  private static final int KEY_DAYS = 90;
  private static final int KEY_ID_BYTES = 6;
  private static final int KEY_SECRET_BYTES = 32;

  private final Catalog catalog;
  private final Clock clock;
  private final Consumer<Access> commit;

  /**
   * @param commit takes the changed access
   */
  KeyStatements(Catalog catalog, Clock clock, Consumer<Access> commit) {
    this.catalog = catalog;
    this.clock = clock;
    this.commit = commit;
  }

  AccessRunner.NewKey create(Session session, Rights rights, AccessCommand.CreateKey create) {
    Access access = catalog.current().access();
    SqlIdentifier named = create.user();
    String user = named == null ? session.user() : named.getSimple();
    if (named != null) {
      Grantees.user(access, named);
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
    commit.accept(
        access.withKey(
            new ApiKey(
                id,
                create.name().getSimple(),
                user,
                Secrets.hashKey(secret),
                create.readOnly(),
                on == null
                    ? Optional.empty()
                    : Optional.of(GrantTarget.of(catalog.current(), session, on)),
                now,
                now + Duration.ofDays(days(create.days())).toMillis())));
    return new AccessRunner.NewKey(id, "qv_" + id + "_" + secret);
  }

  private static long days(@Nullable SqlNode literal) {
    return literal == null ? KEY_DAYS : ((SqlLiteral) literal).intValue(true);
  }

  void drop(Session session, Rights rights, AccessCommand.DropKey drop) {
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
      throw Grantees.unknown(drop.key(), "API key");
    }
    if (found.size() > 1) {
      throw DefinitionProblem.at(
          ErrorCode.USER_EXISTS,
          drop.key().getParserPosition(),
          found.size() + " keys have the name " + name,
          "Write the id of one, as quiver.api_keys has it.");
    }
    commit.accept(access.withoutKey(found.getFirst().id()));
  }
}
