package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.SparseRows;
import io.quiver.engine.search.SparseVectorValue;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.MMapDirectory;

/**
 * Sparse vectors as Lucene's learned-sparse users keep them: {@code FeatureField}s, a disjunction
 * of linear queries, top scores with block maxima (WAND and MaxScore). Weights are kept with 9
 * bits.
 */
public final class LuceneFeatures implements AutoCloseable {
  private static final String FIELD = "terms";

  private final MMapDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  public LuceneFeatures(Path folder, SparseRows set) throws IOException {
    directory = new MMapDirectory(folder);
    // Merges keep the order of the rows, so a document's number is its row's.
    IndexWriterConfig config =
        new IndexWriterConfig().setRAMBufferSizeMB(256).setMergePolicy(new LogDocMergePolicy());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (SparseVectorValue row : set.rows()) {
        Document document = new Document();
        for (int i = 0; i < row.size(); i++) {
          document.add(
              new FeatureField(FIELD, Integer.toString(row.indices()[i]), row.weights()[i]));
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
  }

  /** The best k; only scores that could still enter them are computed. */
  public TopDocs search(SparseVectorValue query, int k) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (int i = 0; i < query.size(); i++) {
      any.add(
          FeatureField.newLinearQuery(
              FIELD, Integer.toString(query.indices()[i]), query.weights()[i]),
          BooleanClause.Occur.SHOULD);
    }
    return searcher.search(any.build(), new TopScoreDocCollectorManager(k, 1));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
