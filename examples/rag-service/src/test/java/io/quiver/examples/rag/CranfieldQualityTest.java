package io.quiver.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How good the service's retrieval is; printed. */
class CranfieldQualityTest {
  @Test
  void everyStepIsAsGoodAsItWas() throws Exception {
    Path folder = Path.of(System.getProperty("quiver.data", ""), "cranfield");
    assumeTrue(Files.exists(folder.resolve("qrels.jsonl")), "no Cranfield collection in " + folder);
    CranfieldQuality.Report report =
        new CranfieldQuality(folder).measure("jdbc:quiver::memory:cranfield");
    report.print(System.out);
    assertThat(report.questions()).isEqualTo(225);
    assertThat(report.gains().get(Stage.MEANING)).isCloseTo(0.5167, within(1e-3));
    assertThat(report.gains().get(Stage.WORDS)).isGreaterThan(0.50);
    assertThat(report.gains().get(Stage.FUSED)).isGreaterThan(0.55);
    assertThat(report.gains().get(Stage.RERANKED)).isGreaterThan(0.50);
  }
}
