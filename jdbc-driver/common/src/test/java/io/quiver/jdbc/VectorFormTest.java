package io.quiver.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorFormTest {
  @Test
  void textAndBase64ReadBackExactly() throws SQLException {
    float[] vector = new float[768];
    Random random = new Random(7);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    assertThat(VectorForm.vectorOf(VectorForm.text(vector))).isEqualTo(vector);
    assertThat(VectorForm.vectorOf(VectorForm.base64(vector))).isEqualTo(vector);
    assertThat(VectorForm.vectorOf(VectorForm.bytes(vector))).isEqualTo(vector);
    assertThat(VectorForm.base64(vector)).hasSize(4 + 4096);
  }

  @Test
  void severalReadBackExactly() throws SQLException {
    float[][] vectors = {{1, -0.5f}, {Float.MIN_VALUE, 3e38f}};
    assertThat(VectorForm.text(vectors)).isEqualTo("[[1.0,-0.5],[1.4E-45,3.0E38]]");
    assertThat(VectorForm.vectorsOf(VectorForm.text(vectors))).isEqualTo(vectors);
    assertThat(VectorForm.vectorsOf(VectorForm.base64(vectors))).isEqualTo(vectors);
    assertThat(VectorForm.vectorsOf("[]")).isEmpty();
    assertThat(VectorForm.vectorsOf(VectorForm.base64(new float[0][]))).isEmpty();
  }

  @Test
  void badTextIsRefused() {
    assertThatThrownBy(() -> VectorForm.vectorOf("1,2"))
        .isInstanceOf(SQLDataException.class)
        .hasMessage("Invalid vector: '1,2'; write [1.0,2.0], or [[1.0,2.0]] for several");
    assertThatThrownBy(() -> VectorForm.vectorOf("[1,,2]"))
        .hasMessage("Invalid vector: component 2 is '', not a number");
    assertThatThrownBy(() -> VectorForm.vectorOf("f32:***"))
        .hasMessage("Invalid vector: 'f32:***' is not base64");
    assertThatThrownBy(() -> VectorForm.vectorsOf("f32x3:AAAAAA=="))
        .isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> VectorForm.vectorsOf("f32xabc")).isInstanceOf(SQLDataException.class);
  }
}
