package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders of rows by the graphs they come from. */
class NeighbourOrderTest {
  private static final int ROWS = 3_000;

  private final Arena arena = Arena.ofShared();
  private final HnswIndex index =
      new HnswBuilder(
              new ClusteredVectors(7, 60, 16).rows(arena, ROWS, VectorElement.FLOAT32),
              new IndexSpec.Hnsw("i", "v", DistanceMetric.L2, 16, 100, Quantization.AUTO),
              42,
              1)
          .build(arena, BuildProgress.IGNORED);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  /** Which share of all links leads to a row less than 32 places away. */
  private double near(int[] order) {
    int[] places = new int[ROWS];
    Arrays.fill(places, -ROWS);
    for (int place = 0; place < order.length; place++) {
      places[order[place]] = place;
    }
    LinkTable links = index.graph().level(0);
    int all = 0;
    int near = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < links.count(row); i++) {
        all++;
        near += Math.abs(places[links.link(row, i)] - places[row]) < 32 ? 1 : 0;
      }
    }
    return (double) near / all;
  }

  private static int[] inOrder(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  @Test
  void neighboursLieSideBySide() {
    int[] order = NeighbourOrder.of(graphs(), ROWS);
    assertThat(order).containsExactlyInAnyOrder(inOrder(ROWS));
    assertThat(near(inOrder(ROWS))).isLessThan(.05);
    assertThat(near(order)).isGreaterThan(.15);
  }

  @Test
  void rowsStayInTheirWindow() {
    int window = 1_024;
    int[] order = NeighbourOrder.of(graphs(), ROWS, window);
    assertThat(order).containsExactlyInAnyOrder(inOrder(ROWS));
    for (int place = 0; place < ROWS; place++) {
      assertThat(order[place] / window).isEqualTo(place / window);
    }
    assertThat(near(order)).isBetween(.08, near(NeighbourOrder.of(graphs(), ROWS)));
  }

  private List<FormerGraph> graphs() {
    return List.of(index.former(inOrder(ROWS)));
  }

  @Test
  void rowsThatAreInNoGraphKeepTheirOrder() {
    int[] newRows = new int[ROWS];
    Arrays.setAll(newRows, row -> row % 3 == 0 ? -1 : row - 1 - row / 3);
    int kept = ROWS - ROWS / 3;
    int[] order = NeighbourOrder.of(List.of(index.former(newRows)), kept + 100);
    assertThat(order).containsExactlyInAnyOrder(inOrder(kept + 100));
    assertThat(Arrays.stream(order).filter(row -> row >= kept)).isSorted().hasSize(100);
    assertThat(NeighbourOrder.of(List.of(), 50)).containsExactly(inOrder(50));
  }

  @Test
  void eachRowFollowsTheGraphItIsIn() {
    int[] first = inOrder(ROWS);
    int[] second = new int[ROWS];
    Arrays.setAll(first, row -> row * 2);
    Arrays.setAll(second, row -> row * 2 + 1);
    int[] order = NeighbourOrder.of(List.of(index.former(first), index.former(second)), 2 * ROWS);
    int[] alone = NeighbourOrder.of(graphs(), ROWS);
    assertThat(order).containsExactlyInAnyOrder(inOrder(2 * ROWS));
    assertThat(Arrays.stream(order).filter(row -> row % 2 == 0).map(row -> row / 2))
        .containsExactly(Arrays.stream(alone).boxed().toArray(Integer[]::new));
    assertThat(Arrays.stream(order).filter(row -> row % 2 == 1).map(row -> row / 2))
        .containsExactly(Arrays.stream(alone).boxed().toArray(Integer[]::new));
  }
}
