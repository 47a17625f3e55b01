package io.quiver.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.sparse.RandomRows.Weights;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.search.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvertedIndexTest {
  private final long seed = Long.getLong("quiver.seed", 31);

  @ParameterizedTest
  @EnumSource(Weights.class)
  void writtenIndexMapsToTheSameOne(Weights weights) throws IOException {
    ListedRows rows = new RandomRows(seed, weights, 400).rows(9_000, 20);
    InvertedIndex index =
        InvertedIndexBuilder.forDotProduct(rows, Arena.ofAuto(), StopSignal.NEVER);
    MemorySegment written = written(index);

    InvertedIndex mapped = InvertedIndex.map(written);
    mapped.verify(rows);

    assertThat(written.byteSize()).isEqualTo(index.bytes());
    assertThat(mapped.memory().mismatch(index.memory())).isEqualTo(-1);
    assertThat(mapped.curve()).isEmpty();
  }

  @Test
  void indexForTextKnowsItsParametersAndTotals() throws IOException {
    ListedRows rows = new RandomRows(seed, Weights.COUNTS, 400).rows(9_000, 20);
    InvertedIndex index =
        InvertedIndexBuilder.forBm25(
            rows, new Bm25Curve(1.2, 0.75), Arena.ofAuto(), StopSignal.NEVER);
    InvertedIndex mapped = InvertedIndex.map(written(index));
    mapped.verify(rows);

    double total = 0;
    int documents = 0;
    for (var vector : rows.vectors()) {
      documents += vector.size() > 0 ? 1 : 0;
      for (float weight : vector.weights()) {
        total += weight;
      }
    }
    assertThat(mapped.curve()).contains(new Bm25Curve(1.2, 0.75));
    assertThat(mapped.totalLength()).isEqualTo(total);
    assertThat(mapped.documents()).isEqualTo(documents).isLessThan(9_000);
    assertThat(mapped.meanLength()).isEqualTo(total / documents);
  }

  @Test
  void indexOfOtherRowsDoesNotVerify() {
    ListedRows rows = new RandomRows(seed, Weights.POSITIVE, 50).rows(100, 9);
    ListedRows others = new RandomRows(seed + 1, Weights.POSITIVE, 50).rows(100, 9);
    InvertedIndex index =
        InvertedIndexBuilder.forDotProduct(rows, Arena.ofAuto(), StopSignal.NEVER);

    assertThatThrownBy(() -> index.verify(others))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("An inverted index ")
        .hasMessageContaining("Remedy: ");
  }

  @Test
  void everyFlippedBitThatMattersIsFound() throws IOException {
    ListedRows rows = new RandomRows(seed, Weights.COUNTS, 60).rows(150, 12);
    InvertedIndex index =
        InvertedIndexBuilder.forBm25(
            rows, new Bm25Curve(1.2, 0.75), Arena.ofAuto(), StopSignal.NEVER);
    byte[] good = written(index).toArray(ValueLayout.JAVA_BYTE);
    SplittableRandom random = new SplittableRandom(seed);
    int unnoticed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      try {
        InvertedIndex.map(MemorySegment.ofArray(bad)).verify(rows);
        // Padding, the parameters, and a scale or an impact that became a looser bound.
        unnoticed++;
      } catch (CorruptDataException expected) {
        assertThat(expected).hasMessageContaining("Remedy: ");
      }
    }
    assertThat(unnoticed).as("seed " + seed).isLessThan(600);
  }

  @Test
  void truncatedOrForeignBytesAreRefused() throws IOException {
    ListedRows rows = new RandomRows(seed, Weights.POSITIVE, 50).rows(100, 9);
    MemorySegment whole =
        written(InvertedIndexBuilder.forDotProduct(rows, Arena.ofAuto(), StopSignal.NEVER));
    for (long length : new long[] {0, 63, 64, 1_000, whole.byteSize() - 1}) {
      assertThatThrownBy(() -> InvertedIndex.map(whole.asSlice(0, length)))
          .isInstanceOf(CorruptDataException.class);
    }
    MemorySegment newer = MemorySegment.ofArray(whole.toArray(ValueLayout.JAVA_BYTE));
    newer.set(InvertedLayout.INT, InvertedLayout.VERSION_AT, 2);
    assertThatThrownBy(() -> InvertedIndex.map(newer))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "An inverted index is of version 2, this engine reads 1."
                + " Remedy: drop the index and create it again.");
  }

  static MemorySegment written(InvertedIndex index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    index.write(
        new ByteSink() {
          @Override
          public long position() {
            return bytes.size();
          }

          @Override
          public void write(MemorySegment source) throws IOException {
            bytes.write(source.toArray(ValueLayout.JAVA_BYTE));
          }

          @Override
          public void align(int multiple) throws IOException {
            while (bytes.size() % multiple != 0) {
              bytes.write(0);
            }
          }
        });
    return MemorySegment.ofArray(bytes.toByteArray());
  }
}
