package io.quiver.sql.catalog;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Users and what they may do: a part of the catalog. Immutable.
 *
 * @param users by name
 * @param roles by name, beside {@link #ADMIN}, which is always there
 * @param keys by id
 * @param grants privileges given to users, roles and {@link #PUBLIC}
 * @param policies which rows of a table its users see and write; an administrator sees all
 */
public record Access(
    SortedMap<String, User> users,
    SortedSet<String> roles,
    SortedMap<String, ApiKey> keys,
    List<Grant> grants,
    List<RowPolicy> policies) {
  /** The role that may do everything. */
  public static final String ADMIN = "admin";

  /** Everybody. */
  public static final String PUBLIC = "public";

  public Access {
    users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    grants = List.copyOf(grants);
    policies = List.copyOf(policies);
  }

  /**
   * A user.
   *
   * @param passwordHash Argon2id in PHC form; without one, only keys let the user in
   * @param roles the user has
   */
  public record User(String name, Optional<String> passwordHash, SortedSet<String> roles) {
    public User {
      roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }
  }

  /**
   * A key that lets its user in.
   *
   * @param id the part of it that is no secret
   * @param name as its user calls it
   * @param secretHash SHA-256 of the secret part, in hexadecimal
   * @param readOnly whether it lets nothing be changed
   * @param scope what alone it reaches, where it is not all that the user does
   * @param createdMillis since 1970
   * @param expiresMillis since 1970
   */
  public record ApiKey(
      String id,
      String name,
      String user,
      String secretHash,
      boolean readOnly,
      Optional<Target> scope,
      long createdMillis,
      long expiresMillis) {}

  /**
   * What a privilege is on: a table by its id, a view by its name, or all of a schema.
   *
   * @param table the engine's id, which a renamed table keeps
   */
  public record Target(String schema, Optional<Long> table, Optional<String> view) {
    boolean covers(TableDefinition definition) {
      return table.isPresent()
          ? table.get() == definition.id()
          : view.isEmpty() && schema.equals(definition.schema());
    }

    boolean covers(ViewDefinition definition) {
      return table.isEmpty()
          && schema.equals(definition.schema())
          && view.map(definition.name()::equals).orElse(true);
    }

    boolean isSchema(String name) {
      return table.isEmpty() && view.isEmpty() && schema.equals(name);
    }
  }

  /** Privileges of one grantee on one target. */
  public record Grant(String grantee, Target target, SortedSet<Privilege> privileges) {
    public Grant {
      privileges = Collections.unmodifiableSortedSet(new TreeSet<>(privileges));
    }
  }

  /**
   * Rows of a table that a grantee sees and may write.
   *
   * @param condition over the table's columns, as SQL
   */
  public record RowPolicy(String name, long table, String grantee, String condition) {}

  /** Nobody, and nothing allowed. */
  public static Access none() {
    return new Access(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), List.of(), List.of());
  }

  public boolean isAdministrator(String user) {
    User known = users.get(user);
    return known != null && known.roles().contains(ADMIN);
  }

  /** Whether there is a user who may do everything. */
  public boolean hasAdministrator() {
    return users.keySet().stream().anyMatch(this::isAdministrator);
  }

  /** The user, the user's roles, and everybody. */
  private Set<String> grantees(String user) {
    Set<String> all = new HashSet<>(Set.of(user, PUBLIC));
    User known = users.get(user);
    if (known != null) {
      all.addAll(known.roles());
    }
    return all;
  }

  /** What a session may do; nothing for a user or a key that is not there. */
  public Rights rightsOf(Principal principal) {
    Optional<ApiKey> key = principal.keyId().map(keys::get);
    boolean gone =
        !users.containsKey(principal.user()) || (principal.keyId().isPresent() && key.isEmpty());
    if (gone) {
      return new Rights(false, List.of(), List.of(), Set.of(), key);
    }
    Set<String> grantees = grantees(principal.user());
    Set<Long> guarded = new HashSet<>();
    policies.forEach(policy -> guarded.add(policy.table()));
    return new Rights(
        isAdministrator(principal.user()),
        grants.stream().filter(grant -> grantees.contains(grant.grantee())).toList(),
        policies.stream().filter(policy -> grantees.contains(policy.grantee())).toList(),
        guarded,
        key);
  }

  public Access withUser(User user) {
    SortedMap<String, User> changed = new TreeMap<>(users);
    changed.put(user.name(), user);
    return new Access(changed, roles, keys, grants, policies);
  }

  /** Without a user or role, and all that was theirs. */
  public Access without(String name) {
    SortedMap<String, User> otherUsers = new TreeMap<>();
    users.values().stream()
        .filter(user -> !user.name().equals(name))
        .forEach(
            user -> {
              SortedSet<String> kept = new TreeSet<>(user.roles());
              kept.remove(name);
              otherUsers.put(user.name(), new User(user.name(), user.passwordHash(), kept));
            });
    SortedSet<String> otherRoles = new TreeSet<>(roles);
    otherRoles.remove(name);
    SortedMap<String, ApiKey> otherKeys = new TreeMap<>(keys);
    otherKeys.values().removeIf(key -> key.user().equals(name));
    return new Access(
        otherUsers,
        otherRoles,
        otherKeys,
        kept(grants, grant -> !grant.grantee().equals(name)),
        kept(policies, policy -> !policy.grantee().equals(name)));
  }

  public Access withRole(String role) {
    SortedSet<String> changed = new TreeSet<>(roles);
    changed.add(role);
    return new Access(users, changed, keys, grants, policies);
  }

  public Access withKey(ApiKey key) {
    SortedMap<String, ApiKey> changed = new TreeMap<>(keys);
    changed.put(key.id(), key);
    return new Access(users, roles, changed, grants, policies);
  }

  public Access withoutKey(String id) {
    SortedMap<String, ApiKey> changed = new TreeMap<>(keys);
    changed.remove(id);
    return new Access(users, roles, changed, grants, policies);
  }

  /** With these privileges of a grantee on a target, and no others. */
  public Access withGrant(String grantee, Target target, Set<Privilege> privileges) {
    List<Grant> changed =
        kept(grants, each -> !each.grantee().equals(grantee) || !each.target().equals(target));
    if (!privileges.isEmpty()) {
      changed.add(new Grant(grantee, target, new TreeSet<>(privileges)));
    }
    return new Access(users, roles, keys, changed, policies);
  }

  /** The privileges of a grantee on exactly a target. */
  public Set<Privilege> granted(String grantee, Target target) {
    Set<Privilege> all = EnumSet.noneOf(Privilege.class);
    grants.stream()
        .filter(each -> each.grantee().equals(grantee) && each.target().equals(target))
        .forEach(each -> all.addAll(each.privileges()));
    return all;
  }

  public Access withPolicy(RowPolicy policy) {
    List<RowPolicy> changed = kept(policies, each -> true);
    changed.add(policy);
    return new Access(users, roles, keys, grants, changed);
  }

  public Access withoutPolicy(String name, long table) {
    return new Access(
        users,
        roles,
        keys,
        grants,
        kept(policies, each -> each.table() != table || !each.name().equals(name)));
  }

  /** Without what was granted on a table that is dropped. */
  Access withoutTable(long id) {
    return new Access(
        users,
        roles,
        keys,
        kept(grants, each -> each.target().table().filter(table -> table == id).isEmpty()),
        kept(policies, each -> each.table() != id));
  }

  /** Without what was granted on a view that is dropped. */
  Access withoutView(String schema, String name) {
    Target gone = new Target(schema, Optional.empty(), Optional.of(name));
    return new Access(
        users, roles, keys, kept(grants, each -> !each.target().equals(gone)), policies);
  }

  /** Without what was granted on a schema that is dropped. */
  Access withoutSchema(String name) {
    return new Access(
        users, roles, keys, kept(grants, each -> !each.target().isSchema(name)), policies);
  }

  private static <T> List<T> kept(List<T> all, Predicate<T> which) {
    return new java.util.ArrayList<>(all.stream().filter(which).toList());
  }
}
