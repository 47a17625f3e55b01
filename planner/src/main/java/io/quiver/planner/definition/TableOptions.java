package io.quiver.planner.definition;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What stands in WITH after a table.
 *
 * @param shards how many parts the rows are kept in
 * @param shardKey the key column that alone decides a row's part
 * @param automaticIndexes whether vector columns get an index of themselves
 * @param ttl which column says when a row expires
 */
record TableOptions(
    int shards, Optional<String> shardKey, boolean automaticIndexes, Optional<Ttl> ttl) {
  private static final List<String> NAMES =
      List.of("shards", "shard_key", "auto_index", "replicas", "ttl");

  /** The option ttl, and where its value stands. */
  record Ttl(String column, SqlParserPos position) {
    static Ttl of(OptionClause option) {
      return new Ttl(option.value(), option.valuePosition());
    }
  }

  static TableOptions of(List<OptionClause> options) {
    int shards = 1;
    Optional<String> shardKey = Optional.empty();
    boolean automaticIndexes = true;
    Optional<Ttl> ttl = Optional.empty();
    for (OptionClause option : options) {
      switch (option.name().toString().toLowerCase(Locale.ROOT)) {
        case "shards" -> shards = number(option, CollectionSchema.MAX_SHARDS);
        case "shard_key" -> shardKey = Optional.of(option.value());
        case "auto_index" -> automaticIndexes = truth(option);
        case "replicas" -> requireOneReplica(option);
        case "ttl" -> ttl = Optional.of(Ttl.of(option));
        default -> throw unknown(option, NAMES);
      }
    }
    return new TableOptions(shards, shardKey, automaticIndexes, ttl);
  }

  static void requireOneReplica(OptionClause option) {
    if (number(option, Integer.MAX_VALUE) > 1) {
      throw DefinitionProblem.notYet(
          option.valuePosition(),
          "A table with replicas",
          "Leave replicas out; there is one copy, on this machine.");
    }
  }

  static int number(OptionClause option, int high) {
    try {
      int value = Integer.parseInt(option.value());
      if (value >= 1 && value <= high) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with a number that is out of range.
    }
    throw DefinitionProblem.at(
        ErrorCode.OPTION_INVALID,
        option.valuePosition(),
        option.name() + " is " + option.value() + ", not a whole number from 1 to " + high,
        "Give a whole number from 1 to " + high + ".");
  }

  static boolean truth(OptionClause option) {
    return switch (option.value().toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default ->
          throw DefinitionProblem.at(
              ErrorCode.OPTION_INVALID,
              option.valuePosition(),
              option.name() + " is " + option.value() + ", not true or false",
              "Write " + option.name() + " = true.");
    };
  }

  static RuntimeException unknown(OptionClause option, List<String> names) {
    return DefinitionProblem.at(
        ErrorCode.OPTION_UNKNOWN,
        option.name().getParserPosition(),
        "No option " + option.name(),
        NearestName.of(option.name().toString(), names)
            .map(near -> "Did you mean " + near + "?")
            .orElse(
                names.isEmpty()
                    ? "Leave WITH out; it takes no options."
                    : "There are " + String.join(", ", names) + "."));
  }
}
