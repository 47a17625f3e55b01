package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void cutsAtSemicolonsOutsideQuotesAndComments() {
    assertThat(
            SqlScript.parts(
                "SELECT ';''' AS a;\n-- not; here\nSELECT \"b;\" /* nor; here */ FROM c;\n;\n"))
        .containsExactly(
            new SqlScript.Part("SELECT ';''' AS a", 1),
            new SqlScript.Part("-- not; here\nSELECT \"b;\" /* nor; here */ FROM c", 2));
  }

  @Test
  void takesWhatIsLeftOpenToTheEnd() {
    assertThat(SqlScript.parts("SELECT 'a; b"))
        .containsExactly(new SqlScript.Part("SELECT 'a; b", 1));
    assertThat(SqlScript.parts("SELECT 1 /* a; b")).hasSize(1);
    assertThat(SqlScript.parts("-- a\n/* b */ ; --c")).isEmpty();
  }
}
