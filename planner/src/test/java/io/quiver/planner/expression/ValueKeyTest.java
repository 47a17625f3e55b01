package io.quiver.planner.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueKeyTest {
  private static final List<Long> WHOLE =
      List.of(0L, -1L, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE);

  @Test
  void equalNumbersHaveOneKeyWhateverTheirClass() {
    for (long whole : WHOLE) {
      assertThat(ValueKey.of(new BigDecimal(whole + ".00"))).isEqualTo(ValueKey.of(whole));
    }
    assertThat(ValueKey.of(0x1p62)).isEqualTo(ValueKey.of(1L << 62));
    assertThat(ValueKey.of(-0.0)).isEqualTo(ValueKey.of(0));
    assertThat(ValueKey.of(0x1p63)).isEqualTo(ValueKey.of(new BigDecimal("9223372036854775808")));
    assertThat(ValueKey.of(Math.sqrt(-1))).isEqualTo(ValueKey.of(Float.NaN));
    assertThat(ValueKey.of(0.5)).isEqualTo(ValueKey.of(new BigDecimal("0.50")));
  }

  @Test
  void differentNumbersHaveDifferentKeys() {
    assertThat(ValueKey.of(new BigDecimal("9223372036854775808")))
        .isNotEqualTo(ValueKey.of(Long.MIN_VALUE))
        .isNotEqualTo(ValueKey.of(Long.MAX_VALUE));
    assertThat(ValueKey.of(new BigDecimal("9007199254740993")))
        .isNotEqualTo(ValueKey.of(9007199254740992.0));
    assertThat(ValueKey.of(new BigDecimal("1E+30000"))).isNotEqualTo(ValueKey.of(1L));
  }
}
