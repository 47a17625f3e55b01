package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A {@link Command} as a node of the tree. It has no operands: what is inside the command is read
 * there.
 */
public final class SqlCommand extends SqlCall {
  private static final SqlOperator OPERATOR = new SqlSpecialOperator("COMMAND", SqlKind.OTHER_DDL);

  private final Command command;

  public SqlCommand(SqlParserPos position, Command command) {
    super(position);
    this.command = command;
  }

  public Command command() {
    return command;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }

  @Override
  public SqlNode clone(SqlParserPos position) {
    return new SqlCommand(position, command);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.keyword(command.statementName());
  }
}
