package io.quiver.sql.validate;

import io.quiver.sql.function.NamedArgument;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * The names of a table function's arguments.
 *
 * @param function its name, for messages
 * @param arguments all of them
 * @param others names that are no argument's, but may have been meant
 * @param usual what to use where no name is near, for the remedy
 */
record ArgumentNames<A extends NamedArgument>(
    String function, A[] arguments, List<String> others, String usual) {
  /**
   * The argument of this name.
   *
   * @param word in lower case
   * @throws RuntimeException a problem at {@code place} if there is none
   */
  A find(SqlNode place, String word) {
    List<String> names = new ArrayList<>(others);
    for (A argument : arguments) {
      if (argument.names().contains(word)) {
        return argument;
      }
      names.addAll(argument.names());
    }
    throw SearchCallReader.problem(
        place,
        ErrorCode.FUNCTION_ARGUMENT_INVALID,
        function + " has no argument \"" + word + "\"",
        NearestName.of(word, names).map(nearest -> "did you mean " + nearest + "?").orElse(usual));
  }
}
