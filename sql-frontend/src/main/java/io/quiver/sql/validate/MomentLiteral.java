package io.quiver.sql.validate;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.type.MomentText;
import java.time.DateTimeException;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code TIMESTAMP WITH TIME ZONE 'text'} as a cast of the text: Calcite knows zones by name alone,
 * not the offset {@code +02:00}.
 */
final class MomentLiteral {
  private static final String TYPE = "TIMESTAMP WITH TIME ZONE";

  /** Of our timestamps. */
  private static final int MILLISECONDS = 3;

  private MomentLiteral() {}

  /** The cast; the literal itself if it is another. */
  static SqlNode of(SqlLiteral literal) {
    if (!(literal instanceof SqlUnknownLiteral unread) || !unread.tag.equals(TYPE)) {
      return literal;
    }
    String text = unread.getValue();
    check(literal, text);
    SqlParserPos position = literal.getParserPosition();
    return TextCast.INSTANCE.createCall(
        position,
        SqlLiteral.createCharString(text, position),
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_TZ, MILLISECONDS, position), position));
  }

  private static void check(SqlLiteral literal, String text) {
    try {
      MomentText.read(text.strip());
    } catch (DateTimeException doesNotRead) {
      throw SearchCallReader.problem(
          literal,
          ErrorCode.VALUE_INVALID,
          "the text '" + text + "' does not read as " + TYPE,
          "write a date, a time, and an offset or the name of a zone: '2026-01-01"
              + " 00:00:00+02:00'.");
    }
  }
}
