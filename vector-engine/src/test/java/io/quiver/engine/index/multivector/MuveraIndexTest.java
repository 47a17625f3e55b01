package io.quiver.engine.index.multivector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.RealData;
import io.quiver.engine.column.MemorySink;
import io.quiver.engine.index.BestRows;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.hnsw.BuildProgress;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Candidates found by encodings hold the rows of the largest MaxSim. */
class MuveraIndexTest {
  private static final IndexSpec.Muvera SPEC = new IndexSpec.Muvera("by_tokens", "tokens", 16, 100);
  private static final long SEED = 11;

  @Test
  void encodingsHoldTheTokensOfEachPart() {
    MuveraShape shape = new MuveraShape(4, 1, 1, 4, SEED);
    float[] plane = new float[4];
    float[] document = new float[8];
    float[] query = new float[8];
    FixedDimensionalEncoding.Encoder encoder = shape.encoding().new Encoder();
    for (int d = 0; d < 4; d++) {
      float[] unit = new float[4];
      unit[d] = 1;
      encoder.query(unit, 1, query);
      // The part whose block is filled says on which side of the plane the unit vector is.
      plane[d] = IntStream.range(4, 8).anyMatch(i -> query[i] != 0) ? 1 : -1;
    }
    float[] twoAlike = {plane[0], 0, 0, 0, 0, plane[1], 0, 0};
    encoder.query(twoAlike, 2, query);
    encoder.document(twoAlike, 2, document);

    assertThat(Arrays.copyOf(query, 4)).as("no token lies on this side").containsOnly(0);
    for (int i = 4; i < 8; i++) {
      assertThat(document[i]).as("the mean of two tokens").isEqualTo(query[i] / 2);
    }
    assertThat(Arrays.copyOf(document, 4))
        .as("where a document has no token, the nearest part's first stands in")
        .doesNotContain(0);
  }

  @Test
  void aQueryIsEncodedOnceForAllSegments() {
    MaxSimQuery query = new MaxSimQuery(new float[][] {{1, 0, 0, 0}, {0, 2, 0, 0}}, 4);
    MuveraShape shape = new MuveraShape(4, 1, 1, 4, SEED);
    MuveraShape other = new MuveraShape(4, 2, 1, 4, SEED);

    float[] encoded = query.encoded(shape.encoding(), shape);

    float[] expected = new float[shape.size()];
    shape.encoding().new Encoder().query(query.units(), query.rows(), expected);
    assertThat(encoded).containsExactly(expected);
    assertThat(query.encoded(shape.encoding(), new MuveraShape(4, 1, 1, 4, SEED)))
        .isSameAs(encoded);
    assertThat(query.encoded(other.encoding(), other)).hasSize(other.size());
  }

  @Test
  void theLargestMaxSimsAreAmongTheCandidates() {
    ListedTokens rows = clusters(4_000, 20, 32, new Random(SEED));
    try (Arena arena = Arena.ofShared()) {
      MuveraIndex index =
          new MuveraBuilder(rows, SPEC, SEED, 2).build(arena, BuildProgress.IGNORED);
      Random random = new Random(SEED + 1);
      double recall = 0;
      int queries = 50;
      for (int i = 0; i < queries; i++) {
        recall += recall(index, rows, rows.floats(random.nextInt(rows.rows())), 100, all(rows));
      }
      assertThat(recall / queries).isGreaterThan(0.97);
    }
  }

  @Test
  void onlyQualifyingRowsAreCandidatesAndNeverTooFew() {
    ListedTokens rows = clusters(3_000, 8, 16, new Random(SEED));
    try (Arena arena = Arena.ofShared()) {
      MuveraIndex index =
          new MuveraBuilder(rows, SPEC, SEED, 1).build(arena, BuildProgress.IGNORED);
      for (int step : new int[] {2, 10, 100, 1000}) {
        RowBitmap some = new RowBitmap(rows.rows());
        for (int row = 1; row < rows.rows(); row += step) {
          some.add(row);
        }
        NearestRows found =
            index.candidates(new MaxSimQuery(rows.floats(1), 16), 10, 10, some, StopSignal.NEVER);
        assertThat(found.rows()).hasSize(Math.min(200, some.cardinality()));
        assertThat(Arrays.stream(found.rows()).allMatch(some::contains)).isTrue();
      }
    }
  }

  @Test
  void aCollectionOfAbstractsIsSearchedWithItsRecall() {
    ListedTokens documents =
        new ListedTokens(128, RealData.halfTokens("cranfield/tokens_docs.f16.mvecs"));
    ListedTokens queries =
        new ListedTokens(128, RealData.halfTokens("cranfield/tokens_queries.f16.mvecs"));
    RowBitmap present = all(documents);
    try (Arena arena = Arena.ofShared()) {
      MuveraIndex index =
          new MuveraBuilder(documents, SPEC, SEED, 2).build(arena, BuildProgress.IGNORED);
      double atFifty = 0;
      double atHundred = 0;
      for (int i = 0; i < queries.rows(); i++) {
        atFifty += recall(index, documents, queries.floats(i), 50, present);
        atHundred += recall(index, documents, queries.floats(i), 100, present);
      }
      assertThat(atFifty / queries.rows()).isGreaterThan(0.97);
      assertThat(atHundred / queries.rows()).isGreaterThan(0.99);
    }
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    ListedTokens rows = clusters(600, 5, 12, new Random(SEED));
    try (Arena arena = Arena.ofShared()) {
      MuveraIndex built =
          new MuveraBuilder(rows, SPEC, SEED, 1).build(arena, BuildProgress.IGNORED);
      MemorySink sink = new MemorySink();
      built.writeTo(sink);
      MemorySegment section = sink.map(arena);
      MuveraIndex read = MuveraIndex.map(section, rows);
      read.verify();
      MaxSimQuery query = new MaxSimQuery(rows.floats(7), 12);
      assertThat(read.candidates(query, 5, 20, all(rows), StopSignal.NEVER).rows())
          .containsExactly(built.candidates(query, 5, 20, all(rows), StopSignal.NEVER).rows());

      long encoding = MuveraIndex.HEADER + 5;
      byte before = section.get(ValueLayout.JAVA_BYTE, encoding);
      section.set(ValueLayout.JAVA_BYTE, encoding, (byte) (before ^ 4));
      assertThatThrownBy(read::verify)
          .isInstanceOf(CorruptDataException.class)
          .hasMessage("The encoding of row 0 is not that of its multivector");
      section.set(MuveraIndex.INT, 16, 1 << 30);
      assertThatThrownBy(() -> MuveraIndex.map(section, rows))
          .isInstanceOf(CorruptDataException.class)
          .hasMessage("The header of a MUVERA index is wrong");
      assertThatThrownBy(() -> MuveraIndex.map(section.asSlice(0, 32), rows))
          .isInstanceOf(CorruptDataException.class)
          .hasMessage("A MUVERA index does not begin with its mark");
    }
  }

  private static double recall(
      MuveraIndex index, ListedTokens rows, float[][] tokens, int effort, RowBitmap among) {
    MaxSimQuery query = new MaxSimQuery(tokens, rows.dimension());
    RowBitmap candidates = new RowBitmap(rows.rows());
    for (int row : index.candidates(query, 10, effort, among, StopSignal.NEVER).rows()) {
      candidates.add(row);
    }
    BestRows exact = new BestRows(10, Double.POSITIVE_INFINITY);
    new MaxSimSearch(rows, among, query, StopSignal.NEVER).run(exact);
    int hits = 0;
    for (int i = 0; i < exact.size(); i++) {
      hits += candidates.contains(exact.row(i)) ? 1 : 0;
    }
    return (double) hits / exact.size();
  }

  private static RowBitmap all(ListedTokens rows) {
    RowBitmap all = new RowBitmap(rows.rows());
    IntStream.range(0, rows.rows()).filter(row -> rows.tokens(row) > 0).forEach(all::add);
    return all;
  }

  /** Rows of up to so many tokens, each near one of the row's few topics; every 50th has none. */
  private static ListedTokens clusters(int count, int most, int dimension, Random random) {
    float[][] topics = new float[200][dimension];
    for (float[] topic : topics) {
      for (int i = 0; i < dimension; i++) {
        topic[i] = (float) random.nextGaussian();
      }
    }
    short[][] rows = new short[count][];
    for (int row = 0; row < count; row++) {
      int tokens = row % 50 == 49 ? 0 : 1 + random.nextInt(most);
      rows[row] = new short[tokens * dimension];
      int[] about = {random.nextInt(200), random.nextInt(200), random.nextInt(200)};
      for (int i = 0; i < rows[row].length; i++) {
        float[] topic = topics[about[i / dimension % 3]];
        float noise = (float) random.nextGaussian() * 0.5f;
        rows[row][i] = Float.floatToFloat16(topic[i % dimension] + noise);
      }
    }
    return new ListedTokens(dimension, rows);
  }
}
