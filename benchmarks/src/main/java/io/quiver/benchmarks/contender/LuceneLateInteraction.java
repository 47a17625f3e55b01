package io.quiver.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LateInteractionField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.LateInteractionFloatValuesSource;
import org.apache.lucene.store.MMapDirectory;

/** Lucene's multivectors: doc values that are scored by MaxSim. */
public final class LuceneLateInteraction implements AutoCloseable {
  private static final String FIELD = "tokens";

  private final MMapDirectory directory;
  private final DirectoryReader reader;

  public LuceneLateInteraction(Path folder, List<float[][]> documents) throws IOException {
    directory = new MMapDirectory(folder);
    IndexWriterConfig config =
        new IndexWriterConfig().setRAMBufferSizeMB(256).setMergePolicy(new LogDocMergePolicy());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (float[][] tokens : documents) {
        Document document = new Document();
        document.add(new LateInteractionField(FIELD, tokens));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
  }

  /** The best score among the first documents. */
  public double best(float[][] query, int count) throws IOException {
    LeafReaderContext leaf = reader.leaves().getFirst();
    DoubleValues scores =
        new LateInteractionFloatValuesSource(FIELD, query, VectorSimilarityFunction.DOT_PRODUCT)
            .getValues(leaf, DoubleValuesSource.constant(0).getValues(leaf, null));
    double best = Double.NEGATIVE_INFINITY;
    for (int doc = 0; doc < count; doc++) {
      if (scores.advanceExact(doc)) {
        best = Math.max(best, scores.doubleValue());
      }
    }
    return best;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
