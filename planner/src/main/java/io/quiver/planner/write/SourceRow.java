package io.quiver.planner.write;

import io.quiver.planner.KeyText;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as the user knows it, for messages: the how-manieth of those an INSERT gives, or the one
 * with a key of those an UPDATE finds.
 *
 * @param number from 0, over all rows of a batch
 * @param key of a row that is changed; null for a row that is given, or has no key of the user's
 */
record SourceRow(int number, Object @Nullable [] key, List<String> keyColumns, RowPlace place) {
  /** How a sentence about it begins. */
  String label() {
    return key == null ? "row " + (number + 1) : "the row with " + KeyText.of(keyColumns, key);
  }

  /** How a sentence about its value of a column begins. */
  String label(String column) {
    return label() + ", column \"" + column + "\" ";
  }

  /** What is wrong with its values of these columns. */
  SqlProblemException refused(ErrorCode code, String message, String remedy, int... ordinals) {
    return new SqlProblem(code, place.at(ordinals), message, remedy).asException();
  }
}
