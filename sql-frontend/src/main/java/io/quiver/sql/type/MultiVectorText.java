package io.quiver.sql.type;

import java.util.ArrayList;
import java.util.List;

/** A multivector as text: {@code [[1,2],[3,4]]}, or {@code []} for one without rows. */
public final class MultiVectorText {
  private MultiVectorText() {}

  /** Reads a multivector; whether all rows are of one dimension is for the caller to check. */
  public static float[][] read(String text) {
    VectorTextReader reader = new VectorTextReader(text);
    List<float[]> rows = new ArrayList<>();
    reader.expect('[');
    if (!reader.accept(']')) {
      do {
        rows.add(DenseVectorText.read(reader));
      } while (reader.accept(','));
      reader.expect(']');
    }
    reader.expectEnd();
    return rows.toArray(new float[0][]);
  }

  /** Writes {@code [[1.0,2.0],[3.0,4.0]]}. */
  public static String write(float[][] rows) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < rows.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      DenseVectorText.write(rows[i], text);
    }
    return text.append(']').toString();
  }
}
