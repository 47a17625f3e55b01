package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
  private static List<Supplier<Integer>> squares(int count) {
    List<Supplier<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(() -> number * number);
    }
    return tasks;
  }

  @Test
  void theCallerAloneDoesAllInOrder() {
    assertThat(new SharedWork<>(squares(4)).run(null)).containsExactly(0, 1, 4, 9);
  }

  @Test
  void nobodyWaitsForAThreadThatNeverBegins() {
    assertThat(new SharedWork<>(squares(3)).run(never -> {})).containsExactly(0, 1, 4);
  }

  @Test
  void othersHelpAndAllHasEndedAfterwards() {
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      CountDownLatch twoAtOnce = new CountDownLatch(2);
      AtomicInteger ended = new AtomicInteger();
      Supplier<Integer> meets =
          () -> {
            twoAtOnce.countDown();
            try {
              twoAtOnce.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return ended.incrementAndGet();
          };
      assertThat(new SharedWork<>(List.of(meets, meets, meets)).run(others)).hasSize(3);
      assertThat(ended).hasValue(3);
    }
  }

  @Test
  void aFailureIsThrownOnceNothingIsUnderWay() {
    AtomicInteger begun = new AtomicInteger();
    List<Supplier<Integer>> tasks =
        List.of(
            () -> {
              throw new IllegalArgumentException("first");
            },
            begun::incrementAndGet);
    assertThatThrownBy(() -> new SharedWork<>(tasks).run(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first");
    assertThat(begun).hasValue(0);
  }
}
