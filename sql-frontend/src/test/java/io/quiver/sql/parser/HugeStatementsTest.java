package io.quiver.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.sql.problem.SqlProblemException;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HugeStatementsTest {
  private static final int SMALL_STACK = 512 << 10;

  private final StatementParser parser = new StatementParser();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT | ( | 1 | )",
        "SELECT | abs( | 1 | )",
        "SELECT | ARRAY[ | 1 | ]",
        "SELECT | CASE WHEN a THEN | 1 | END",
        "SELECT * FROM | (SELECT * FROM | t | )",
        "SELECT * FROM t WHERE | (a = 1 OR | b = 2 | )",
        "SELECT * FROM t WHERE | a IN (SELECT b FROM t WHERE | b = 2 | )"
      })
  void deepNestingIsReadOrRefusedOnSmallStack(
      String start, String open, String middle, String close) {
    for (int depth : new int[] {10, 60, TokenCheck.MAX_DEPTH / 2}) {
      String sql = nested(start, open, middle, close, depth);
      assertThat(onSmallStack(() -> parser.parse(sql))).isNotNull();
    }
    String sql = nested(start, open, middle, close, 5000);
    assertThatThrownBy(() -> onSmallStack(() -> parser.parse(sql)))
        .isInstanceOf(SqlProblemException.class)
        .hasMessageContaining("QV-1005 STATEMENT_TOO_DEEP (SQLSTATE 54001) at line 1, column ")
        .hasMessageContaining("the statement nests deeper than 128 levels")
        .hasMessageContaining("Remedy: take parts of it into WITH queries or views.");
  }

  @Test
  void longDisjunctionIsBalanced() {
    SqlNode where = where("id = ?" + " OR id = ?".repeat(20_000));
    assertThat(depth(where)).isLessThan(25);
  }

  @Test
  void longConjunctionOfBetweensIsBalanced() {
    SqlNode where = where("a BETWEEN 1 AND 2" + " AND b BETWEEN 3 AND 4".repeat(5_000));
    assertThat(depth(where)).isLessThan(25);
  }

  @Test
  void balancedTreeMeansTheSame() {
    String chain =
        "a = 1 AND NOT b = 2 OR c BETWEEN 1 AND 2 AND d = 3 OR e NOT BETWEEN 4 AND 5 OR f OR g AND"
            + " h";
    assertThat(where(chain).toString().replaceAll("\\s+", " "))
        .isEqualTo(
            "`a` = 1 AND NOT `b` = 2 OR `c` BETWEEN ASYMMETRIC 1 AND 2 AND `d` = 3"
                + " OR (`e` NOT BETWEEN ASYMMETRIC 4 AND 5 OR (`f` OR `g` AND `h`))");
  }

  @Test
  void longChainOfOtherOperatorsIsRefused() {
    assertThat(parser.parse("SELECT 1" + " + 1".repeat(400))).isNotNull();
    assertThatThrownBy(() -> parser.parse("SELECT 1" + " + 1".repeat(20_000)))
        .hasMessageStartingWith(
            """
            QV-1005 STATEMENT_TOO_DEEP (SQLSTATE 54001) at line 1, column 2010
              more than 500 operators stand in a row
            """);
  }

  @Test
  void manyRowsAndValuesAreRead() {
    parser.parse("INSERT INTO t VALUES (1, '[1,2]')" + ",(?, ?)".repeat(20_000));
    parser.parse("SELECT * FROM t WHERE a IN (1" + ",2".repeat(100_000) + ")");
  }

  @Test
  void textOfMegabytesIsRead() {
    parser.parse("INSERT INTO t VALUES ('" + "x".repeat(4 << 20) + "')");
  }

  @Test
  void longerStatementIsRefused() {
    String sql = "SELECT '" + "x".repeat(StatementParser.MAX_LENGTH) + "'";
    assertThatThrownBy(() -> parser.parse(sql))
        .hasMessage(
            """
            QV-1004 STATEMENT_TOO_LONG (SQLSTATE 54000)
              the statement has 16777225 characters, more than 16777216
              Remedy: pass values as parameters, or send the rows in several statements.\
            """);
  }

  private static String nested(String start, String open, String middle, String close, int depth) {
    return start + " " + (open + " ").repeat(depth) + middle + (" " + close).repeat(depth);
  }

  private SqlNode where(String condition) {
    return ((SqlSelect) parser.parse("SELECT * FROM t WHERE " + condition)).getWhere();
  }

  private static int depth(SqlNode node) {
    int deepest = 0;
    if (node instanceof SqlBasicCall || node instanceof SqlNodeList) {
      for (SqlNode operand :
          node instanceof SqlCall call ? call.getOperandList() : (SqlNodeList) node) {
        deepest = Math.max(deepest, depth(operand));
      }
    }
    return deepest + 1;
  }

  private static SqlNode onSmallStack(java.util.concurrent.Callable<SqlNode> work) {
    CompletableFuture<SqlNode> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "small-stack",
            SMALL_STACK);
    thread.start();
    try {
      return result.join();
    } catch (java.util.concurrent.CompletionException e) {
      if (e.getCause() instanceof SqlProblemException problem) {
        throw problem;
      }
      throw e;
    }
  }
}
