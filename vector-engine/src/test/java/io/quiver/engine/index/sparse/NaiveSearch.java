package io.quiver.engine.index.sparse;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SparseVectorValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The exact answer, in the words of its definition. */
final class NaiveSearch {
  record Hit(int row, double distance) {}

  private NaiveSearch() {}

  /** The best rows that share a term with the query. */
  static List<Hit> search(
      ListedRows rows,
      RowBitmap filter,
      SparseVectorValue query,
      ToDoubleFunction<SparseVectorValue> score,
      int k,
      double maxDistance) {
    List<Hit> hits = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      SparseVectorValue vector = rows.vectors()[row];
      if (filter.contains(row) && sharesTerm(vector, query)) {
        double distance = 0.0 - score.applyAsDouble(vector);
        if (distance <= maxDistance) {
          hits.add(new Hit(row, distance));
        }
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::distance).thenComparingInt(Hit::row));
    return hits.subList(0, Math.min(k, hits.size()));
  }

  static double dot(SparseVectorValue left, SparseVectorValue right) {
    Map<Integer, Float> weights = weights(right);
    double sum = 0;
    for (int i = 0; i < left.size(); i++) {
      sum += (double) left.weights()[i] * weights.getOrDefault(left.indices()[i], 0f);
    }
    return sum;
  }

  /** BM25 of each row, with the statistics of the live rows of one segment. */
  static ToDoubleFunction<SparseVectorValue> bm25(
      ListedRows rows, RowBitmap live, SparseVectorValue query, double k1, double b) {
    double documents = 0;
    double total = 0;
    double[] frequencies = new double[query.size()];
    for (int row = 0; row < rows.rows(); row++) {
      SparseVectorValue vector = rows.vectors()[row];
      if (live.contains(row) && vector.size() > 0) {
        documents++;
        total += length(vector);
        Map<Integer, Float> counts = weights(vector);
        for (int i = 0; i < query.size(); i++) {
          frequencies[i] += counts.containsKey(query.indices()[i]) ? 1 : 0;
        }
      }
    }
    double mean = total / documents;
    double all = documents;
    return document -> {
      Map<Integer, Float> counts = weights(document);
      double sum = 0;
      for (int i = 0; i < query.size(); i++) {
        double tf = counts.getOrDefault(query.indices()[i], 0f);
        double idf = Math.log(1 + (all - frequencies[i] + 0.5) / (frequencies[i] + 0.5));
        double norm = k1 * (1 - b + b * length(document) / mean);
        sum += tf == 0 ? 0 : query.weights()[i] * idf * (tf * (k1 + 1) / (tf + norm));
      }
      return sum;
    };
  }

  static List<Hit> hits(BestRows best) {
    best.sort();
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      hits.add(new Hit(best.row(i), best.distance(i)));
    }
    return hits;
  }

  private static boolean sharesTerm(SparseVectorValue left, SparseVectorValue right) {
    Map<Integer, Float> weights = weights(right);
    for (int index : left.indices()) {
      if (weights.containsKey(index)) {
        return true;
      }
    }
    return false;
  }

  private static Map<Integer, Float> weights(SparseVectorValue vector) {
    Map<Integer, Float> weights = new HashMap<>();
    for (int i = 0; i < vector.size(); i++) {
      weights.put(vector.indices()[i], vector.weights()[i]);
    }
    return weights;
  }

  private static double length(SparseVectorValue vector) {
    double length = 0;
    for (float weight : vector.weights()) {
      length += weight;
    }
    return length;
  }
}
