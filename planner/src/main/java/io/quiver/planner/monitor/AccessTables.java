package io.quiver.planner.monitor;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Access.Grant;
import io.quiver.sql.catalog.Access.RowPolicy;
import io.quiver.sql.catalog.Access.Target;
import io.quiver.sql.catalog.Access.User;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users and what they may do. All but {@code api_keys} are for administrators, and there others
 * find only their own keys; no secret and no hash of one is shown to anybody.
 */
final class AccessTables {
  private final Catalog catalog;

  AccessTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A user's roles in one text, because most have one or none. */
  SystemTable users() {
    return new TableOf("users")
        .text("name", "roles")
        .truth("has_password")
        .rows(
            viewer -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (User user : access().users().values()) {
                rows.add(
                    new Object[] {
                      user.name(), String.join(", ", user.roles()), user.passwordHash().isPresent()
                    });
              }
              return rows;
            });
  }

  /** A row a privilege. Of a grant on a whole schema there is no object. */
  SystemTable grants() {
    return new TableOf("grants")
        .text("grantee", "object_schema", "object_name", "privilege")
        .rows(
            viewer -> {
              CatalogSnapshot now = catalog.current();
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (Grant grant : now.access().grants()) {
                for (Privilege privilege : grant.privileges()) {
                  rows.add(
                      new Object[] {
                        grant.grantee(),
                        grant.target().schema(),
                        object(grant.target(), now),
                        privilege.name()
                      });
                }
              }
              return rows;
            });
  }

  SystemTable policies() {
    return new TableOf("policies")
        .text("name", "table_schema", "table_name", "grantee", "row_condition")
        .rows(
            viewer -> {
              CatalogSnapshot now = catalog.current();
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (RowPolicy policy : now.access().policies()) {
                Optional<TableDefinition> table = table(policy.table(), now);
                rows.add(
                    new Object[] {
                      policy.name(),
                      table.map(TableDefinition::schema).orElse(null),
                      table.map(TableDefinition::name).orElse(null),
                      policy.grantee(),
                      policy.condition()
                    });
              }
              return rows;
            });
  }

  SystemTable apiKeys() {
    return new TableOf("api_keys")
        .text("id", "name", "user_name")
        .truth("read_only")
        .text("object_schema", "object_name", "created_at", "expires_at")
        .rows(
            viewer -> {
              CatalogSnapshot now = catalog.current();
              boolean all = viewer instanceof Session session && session.rights(now).isUnlimited();
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (ApiKey key : now.access().keys().values()) {
                if (all || key.user().equals(viewer.user())) {
                  rows.add(
                      new Object[] {
                        key.id(),
                        key.name(),
                        key.user(),
                        key.readOnly(),
                        key.scope().map(Target::schema).orElse(null),
                        key.scope().map(scope -> object(scope, now)).orElse(null),
                        Instant.ofEpochMilli(key.createdMillis()).toString(),
                        Instant.ofEpochMilli(key.expiresMillis()).toString()
                      });
                }
              }
              return rows;
            });
  }

  private Access access() {
    return catalog.current().access();
  }

  private static @Nullable String object(Target target, CatalogSnapshot catalog) {
    return target
        .table()
        .flatMap(id -> table(id, catalog))
        .map(TableDefinition::name)
        .or(target::view)
        .orElse(null);
  }

  private static Optional<TableDefinition> table(long id, CatalogSnapshot catalog) {
    return catalog.tables().values().stream().filter(table -> table.id() == id).findFirst();
  }
}
