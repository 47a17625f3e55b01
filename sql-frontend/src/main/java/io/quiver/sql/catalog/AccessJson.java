package io.quiver.sql.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Access.Grant;
import io.quiver.sql.catalog.Access.RowPolicy;
import io.quiver.sql.catalog.Access.Target;
import io.quiver.sql.catalog.Access.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Users and their rights as JSON. What lacks is empty, as in databases of before there were any.
 */
final class AccessJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AccessJson() {}

  static ObjectNode write(Access access) {
    ObjectNode json = NODES.objectNode();
    ArrayNode users = json.putArray("users");
    for (User user : access.users().values()) {
      ObjectNode one = users.addObject().put("name", user.name());
      user.passwordHash().ifPresent(hash -> one.put("password", hash));
      ArrayNode roles = one.putArray("roles");
      user.roles().forEach(roles::add);
    }
    ArrayNode roles = json.putArray("roles");
    access.roles().forEach(roles::add);
    ArrayNode keys = json.putArray("keys");
    for (ApiKey key : access.keys().values()) {
      ObjectNode one =
          keys.addObject()
              .put("id", key.id())
              .put("name", key.name())
              .put("user", key.user())
              .put("secret", key.secretHash())
              .put("read_only", key.readOnly())
              .put("created", key.createdMillis())
              .put("expires", key.expiresMillis());
      key.scope().ifPresent(scope -> one.set("scope", write(scope)));
    }
    ArrayNode grants = json.putArray("grants");
    for (Grant grant : access.grants()) {
      ObjectNode one = grants.addObject().put("grantee", grant.grantee());
      one.set("target", write(grant.target()));
      ArrayNode privileges = one.putArray("privileges");
      grant.privileges().forEach(privilege -> privileges.add(privilege.name()));
    }
    ArrayNode policies = json.putArray("policies");
    for (RowPolicy policy : access.policies()) {
      policies
          .addObject()
          .put("name", policy.name())
          .put("table", policy.table())
          .put("grantee", policy.grantee())
          .put("condition", policy.condition());
    }
    return json;
  }

  private static ObjectNode write(Target target) {
    ObjectNode json = NODES.objectNode().put("schema", target.schema());
    target.table().ifPresent(id -> json.put("table", id));
    target.view().ifPresent(name -> json.put("view", name));
    return json;
  }

  static Access read(JsonNode json) {
    SortedMap<String, User> users = new TreeMap<>();
    for (JsonNode one : json.path("users")) {
      User user = new User(text(one, "name"), optional(one, "password"), names(one.path("roles")));
      users.put(user.name(), user);
    }
    SortedMap<String, ApiKey> keys = new TreeMap<>();
    for (JsonNode one : json.path("keys")) {
      ApiKey key =
          new ApiKey(
              text(one, "id"),
              text(one, "name"),
              text(one, "user"),
              text(one, "secret"),
              one.path("read_only").asBoolean(),
              one.path("scope").isObject()
                  ? Optional.of(target(one.path("scope")))
                  : Optional.empty(),
              one.path("created").asLong(),
              one.path("expires").asLong());
      keys.put(key.id(), key);
    }
    List<Grant> grants = new ArrayList<>();
    for (JsonNode one : json.path("grants")) {
      SortedSet<Privilege> privileges = new TreeSet<>();
      one.path("privileges").forEach(each -> privileges.add(Privilege.valueOf(each.asText())));
      grants.add(new Grant(text(one, "grantee"), target(one.path("target")), privileges));
    }
    List<RowPolicy> policies = new ArrayList<>();
    for (JsonNode one : json.path("policies")) {
      policies.add(
          new RowPolicy(
              text(one, "name"),
              one.path("table").asLong(),
              text(one, "grantee"),
              text(one, "condition")));
    }
    return new Access(users, names(json.path("roles")), keys, grants, policies);
  }

  private static Target target(JsonNode json) {
    return new Target(
        text(json, "schema"),
        json.hasNonNull("table") ? Optional.of(json.path("table").asLong()) : Optional.empty(),
        optional(json, "view"));
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }

  private static Optional<String> optional(JsonNode json, String field) {
    return json.hasNonNull(field) ? Optional.of(text(json, field)) : Optional.empty();
  }

  private static SortedSet<String> names(JsonNode array) {
    SortedSet<String> names = new TreeSet<>();
    array.forEach(each -> names.add(each.asText()));
    return names;
  }
}
