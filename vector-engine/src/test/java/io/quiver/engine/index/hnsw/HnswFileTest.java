package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HnswFileTest {
  private static final int GRAPH_AT = 64;
  private static final int LINKS_AT = GRAPH_AT + 128;
  private static final int LINK_BYTES = 128;

  private final Arena arena = Arena.ofShared();
  private final ClusteredVectors vectors = new ClusteredVectors(21, 30, 64);
  private OffHeapRows rows;

  @BeforeEach
  void makeRows() {
    rows = vectors.rows(arena, 3_000, VectorElement.FLOAT32);
  }

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void aMappedIndexFindsWhatTheBuiltOneFinds(DistanceMetric metric) {
    HnswIndex built = build(metric);
    byte[] bytes = HnswFiles.bytes(built);
    HnswIndex mapped = HnswIndex.map(HnswFiles.mapped(arena, bytes), rows, metric);
    mapped.verify();

    assertThat(bytes).hasSize((int) built.byteSize());
    assertThat(mapped.walks()).isEqualTo(metric == DistanceMetric.L1 ? "full" : "int8");
    for (int i = 0; i < 30; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 40);
      assertThat(mapped.search(query).rows()).isEqualTo(built.search(query).rows());
      assertThat(mapped.search(query).distances()).isEqualTo(built.search(query).distances());
    }
  }

  @Test
  void aLinkToNoNodeIsReported() {
    assertDamage(buffer -> buffer.putInt(LINKS_AT + 5 * LINK_BYTES, 3_000), "names no other node");
  }

  @Test
  void aLinkToItselfIsReported() {
    assertDamage(buffer -> buffer.putInt(LINKS_AT + 5 * LINK_BYTES, 5), "names no other node");
  }

  @Test
  void aLinkAfterTheEndIsReported() {
    assertDamage(
        buffer -> {
          buffer.putInt(LINKS_AT + 5 * LINK_BYTES, -1);
          buffer.putInt(LINKS_AT + 5 * LINK_BYTES + 4, 7);
        },
        "stands after the end");
  }

  @Test
  void aNodeThatNobodyLinksToIsReported() {
    assertDamage(
        buffer -> {
          for (int row = 0; row < 3_000; row++) {
            for (int i = 0; i < 32; i++) {
              int at = LINKS_AT + row * LINK_BYTES + 4 * i;
              if (buffer.getInt(at) == 1_234) {
                buffer.putInt(at, row == 1_235 ? 1_236 : 1_235);
              }
            }
          }
        },
        "can be reached");
  }

  @Test
  void aMissingNodeIsReported() {
    assertDamage(buffer -> buffer.putInt(LINKS_AT + 5 * LINK_BYTES, -2), "without a vector");
  }

  @Test
  void aNodeOfAnotherRowBelowIsReported() {
    int upperAt = LINKS_AT + 3_000 * LINK_BYTES;
    assertDamage(buffer -> buffer.putInt(upperAt + 4, 17), "is not of the same row");
  }

  @Test
  void anotherMetricsIndexIsRefused() {
    MemorySegment section = HnswFiles.mapped(arena, HnswFiles.bytes(build(DistanceMetric.L2)));

    assertThatThrownBy(() -> HnswIndex.map(section, rows, DistanceMetric.COSINE))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void everyShorterSectionIsRefused() {
    byte[] bytes = HnswFiles.bytes(build(DistanceMetric.COSINE));
    for (int length = 0; length < bytes.length; length += 997) {
      MemorySegment section = HnswFiles.mapped(arena, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> HnswIndex.map(section, rows, DistanceMetric.COSINE))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void everyFlippedBitOfTheHeadersIsRefusedOrHarmless() {
    rows = vectors.rows(arena, 300, VectorElement.FLOAT32);
    byte[] bytes = HnswFiles.bytes(build(DistanceMetric.COSINE));
    for (int bit = 0; bit < 8 * LINKS_AT; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
      MemorySegment section = HnswFiles.mapped(arena, flipped);
      try {
        HnswIndex index = HnswIndex.map(section, rows, DistanceMetric.COSINE);
        index.verify();
        assertThat(index.search(DenseQuery.of(rows.vector(3), 5, 50)).rows()).startsWith(3);
      } catch (CorruptDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private interface Damage {
    void to(ByteBuffer buffer);
  }

  private void assertDamage(Damage damage, String message) {
    byte[] bytes = HnswFiles.bytes(build(DistanceMetric.COSINE));
    damage.to(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    HnswIndex index = HnswIndex.map(HnswFiles.mapped(arena, bytes), rows, DistanceMetric.COSINE);

    assertThatThrownBy(index::verify)
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(message);
  }

  private HnswIndex build(DistanceMetric metric) {
    return new HnswBuilder(
            rows, new IndexSpec.Hnsw("i", "v", metric, 16, 60, Quantization.AUTO), 42, 1)
        .build(arena, BuildProgress.IGNORED);
  }
}
