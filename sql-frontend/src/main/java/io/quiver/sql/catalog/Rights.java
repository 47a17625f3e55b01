package io.quiver.sql.catalog;

import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Access.Grant;
import io.quiver.sql.catalog.Access.RowPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one session may do, by one version of the catalog. What is not allowed here is refused.
 *
 * @param administrator whether all is allowed, every row included
 * @param grants that reach the session
 * @param policies that reach the session
 * @param guarded ids of the tables that have policies of anybody
 * @param key it was opened with, where it may allow less
 */
public record Rights(
    boolean administrator,
    List<Grant> grants,
    List<RowPolicy> policies,
    Set<Long> guarded,
    Optional<ApiKey> key) {
  /** Of a database in the process: everything. */
  public static Rights all() {
    return new Rights(true, List.of(), List.of(), Set.of(), Optional.empty());
  }

  /** Whether nothing is kept from the session: no grant, no policy, no limit of a key. */
  public boolean isUnlimited() {
    return administrator && key.map(k -> !k.readOnly() && k.scope().isEmpty()).orElse(true);
  }

  public Set<Privilege> on(TableDefinition table) {
    Set<Privilege> allowed = EnumSet.noneOf(Privilege.class);
    grants.stream()
        .filter(grant -> grant.target().covers(table))
        .forEach(grant -> allowed.addAll(grant.privileges()));
    return limited(allowed, key.flatMap(ApiKey::scope).map(s -> s.covers(table)).orElse(true));
  }

  public Set<Privilege> on(ViewDefinition view) {
    Set<Privilege> allowed = EnumSet.noneOf(Privilege.class);
    grants.stream()
        .filter(grant -> grant.target().covers(view))
        .forEach(grant -> allowed.addAll(grant.privileges()));
    return limited(allowed, key.flatMap(ApiKey::scope).map(s -> s.covers(view)).orElse(true));
  }

  public Set<Privilege> on(String schema) {
    Set<Privilege> allowed = EnumSet.noneOf(Privilege.class);
    grants.stream()
        .filter(grant -> grant.target().isSchema(schema))
        .forEach(grant -> allowed.addAll(grant.privileges()));
    return limited(allowed, key.flatMap(ApiKey::scope).map(s -> s.isSchema(schema)).orElse(true));
  }

  private Set<Privilege> limited(Set<Privilege> granted, boolean inScope) {
    Set<Privilege> allowed = administrator ? EnumSet.allOf(Privilege.class) : granted;
    if (!inScope) {
      return EnumSet.noneOf(Privilege.class);
    }
    if (key.isPresent() && key.get().readOnly()) {
      allowed.retainAll(EnumSet.of(Privilege.SELECT));
    }
    return allowed;
  }

  /**
   * The condition on rows of a table that the session sees and writes; empty where it is all of
   * them. Of several policies one must hold; where none reaches the session, no row does.
   */
  public Optional<String> condition(TableDefinition table) {
    if (administrator || !guarded.contains(table.id())) {
      return Optional.empty();
    }
    List<String> conditions =
        policies.stream()
            .filter(policy -> policy.table() == table.id())
            .map(policy -> "(" + policy.condition() + ")")
            .toList();
    return Optional.of(
        conditions.isEmpty() ? "FALSE" : conditions.stream().collect(Collectors.joining(" OR ")));
  }
}
