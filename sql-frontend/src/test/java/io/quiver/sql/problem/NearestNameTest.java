package io.quiver.sql.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> COLUMNS = List.of("id", "title", "embedding", "lang", "year");

  @Test
  void findsNameWithOneMistake() {
    assertThat(NearestName.of("titel", COLUMNS)).contains("title");
    assertThat(NearestName.of("EMBEDING", COLUMNS)).contains("embedding");
    assertThat(NearestName.of("yaer", COLUMNS)).contains("year");
  }

  @Test
  void suggestsNothingFarAway() {
    assertThat(NearestName.of("author", COLUMNS)).isEmpty();
    assertThat(NearestName.of("x", COLUMNS)).isEmpty();
    assertThat(NearestName.of("title", List.of())).isEmpty();
  }

  @Test
  void takesNearestOfSeveral() {
    assertThat(NearestName.of("tags", List.of("tabs1", "tag", "taggs"))).contains("tag");
  }

  @Test
  void countsSwapOfNeighboursOnce() {
    assertThat(NearestName.distance("form", "from")).isEqualTo(1);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void fallsBackToGeneralRemedy() {
    assertThat(NearestName.remedy("titel", COLUMNS, "look.")).isEqualTo("did you mean \"title\"?");
    assertThat(NearestName.remedy("zzz", COLUMNS, "look.")).isEqualTo("look.");
  }
}
