package io.quiver.examples.rag;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Vectors in the files of the field, little-endian, read whole. */
final class VectorFile {
  private VectorFile() {}

  /** fvecs: each vector its length, then its components. */
  static List<float[]> fvecs(Path file) throws IOException {
    ByteBuffer bytes = read(file);
    List<float[]> vectors = new ArrayList<>();
    while (bytes.hasRemaining()) {
      float[] vector = new float[bytes.getInt()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = bytes.getFloat();
      }
      vectors.add(vector);
    }
    return vectors;
  }

  /** mvecs of half floats: each document the number and length of its vectors, then those. */
  static List<float[][]> halfMvecs(Path file) throws IOException {
    ByteBuffer bytes = read(file);
    List<float[][]> documents = new ArrayList<>();
    while (bytes.hasRemaining()) {
      float[][] rows = new float[bytes.getInt()][];
      int dimension = bytes.getInt();
      for (int row = 0; row < rows.length; row++) {
        rows[row] = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          rows[row][i] = Float.float16ToFloat(bytes.getShort());
        }
      }
      documents.add(rows);
    }
    return documents;
  }

  private static ByteBuffer read(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
