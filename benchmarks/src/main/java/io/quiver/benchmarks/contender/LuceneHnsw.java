package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's HNSW, merged to one segment and searched by {@code KnnFloatVectorQuery}: full floats, or
 * its 8-bit scalar quantization with the candidates rescored in full.
 */
public final class LuceneHnsw implements DenseContender {
  /** How vectors are kept. */
  public enum Kind {
    FLOAT,
    SCALAR_QUANTIZED
  }

  private static final String FIELD = "embedding";
  private static final int M = 16;
  private static final int BEAM = 100;

  private final Kind kind;
  private final MMapDirectory directory;
  private final ExecutorService mergers;
  private final int threads;
  private final int[][] ranks;
  private @Nullable DirectoryReader reader;
  private @Nullable IndexSearcher searcher;
  private int[] rowOfDoc = {};

  public LuceneHnsw(Path folder, Kind kind, int threads, int[][] ranks) throws IOException {
    this.kind = kind;
    this.directory = new MMapDirectory(folder);
    this.threads = threads;
    this.mergers = Executors.newFixedThreadPool(threads);
    this.ranks = ranks;
  }

  /** As Lucene's default codec, with vectors as wanted and merges on as many threads as given. */
  private Codec codec() {
    KnnVectorsFormat format =
        kind == Kind.FLOAT
            ? new Lucene99HnswVectorsFormat(M, BEAM, threads, mergers)
            : new Lucene104HnswScalarQuantizedVectorsFormat(
                ScalarEncoding.UNSIGNED_BYTE, M, BEAM, threads, mergers);
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  /** Adds every row from as many threads as given, then merges to one segment. */
  public LuceneHnsw fill(VectorSet set) throws Exception {
    try (IndexWriter writer = writer(512)) {
      int rows = set.rows().count();
      List<Future<?>> parts = new ArrayList<>();
      try (ExecutorService adders = Executors.newFixedThreadPool(threads)) {
        for (int t = 0; t < threads; t++) {
          int from = (int) ((long) rows * t / threads);
          int to = (int) ((long) rows * (t + 1) / threads);
          parts.add(
              adders.submit(
                  () -> {
                    for (int row = from; row < to; row++) {
                      writer.addDocument(document(row, set.rows().get(row)));
                    }
                    return null;
                  }));
        }
        for (Future<?> part : parts) {
          part.get();
        }
      }
      writer.forceMerge(1);
      writer.commit();
    }
    return open();
  }

  /**
   * Adds every row in order, with a durable commit after each batch, then merges to one segment.
   */
  public LuceneHnsw fillInBatches(VectorSet set, int batch) throws IOException {
    try (IndexWriter writer = writer(64)) {
      for (int row = 0; row < set.rows().count(); row++) {
        writer.addDocument(document(row, set.rows().get(row)));
        if ((row + 1) % batch == 0) {
          writer.commit();
        }
      }
      writer.commit();
    }
    return open();
  }

  private IndexWriter writer(int megabytes) throws IOException {
    return new IndexWriter(
        directory,
        new IndexWriterConfig()
            .setCodec(codec())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setUseCompoundFile(false)
            .setRAMBufferSizeMB(megabytes));
  }

  private static Document document(int row, float[] vector) {
    Document document = new Document();
    document.add(new NumericDocValuesField("id", row));
    document.add(new KnnFloatVectorField(FIELD, vector, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** What was filled before into the same folder. */
  public LuceneHnsw open() throws IOException {
    DirectoryReader opened = DirectoryReader.open(directory);
    reader = opened;
    searcher = new IndexSearcher(opened);
    searcher.setQueryCache(null);
    rowOfDoc = new int[opened.maxDoc()];
    for (var leaf : opened.leaves()) {
      NumericDocValues ids = leaf.reader().getNumericDocValues("id");
      for (int doc = ids.nextDoc(); doc < leaf.reader().maxDoc(); doc = ids.nextDoc()) {
        rowOfDoc[leaf.docBase + doc] = (int) ids.longValue();
      }
    }
    return this;
  }

  /** Segments of the index. */
  public int segments() {
    return reader == null ? 0 : reader.leaves().size();
  }

  @Override
  public String name() {
    return kind == Kind.FLOAT ? "Lucene float" : "Lucene SQ8";
  }

  @Override
  public String configuration() {
    return "Lucene 10.6.0, HNSW maxConn 16, beamWidth 100, dot product, forced merge to one"
        + " segment, KnnFloatVectorQuery"
        + (kind == Kind.FLOAT ? "" : ", UNSIGNED_BYTE codes, all candidates rescored in full");
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) {
    IndexSearcher open = searcher;
    if (open == null) {
      throw new IllegalStateException("Nothing was indexed");
    }
    Query bits = filter == null ? null : new BitSetQuery(docs(filter));
    return new Searcher() {
      @Override
      public int search(float[] query, long[] found) throws IOException {
        int beam = Math.max(effort, found.length);
        Query nearest = new KnnFloatVectorQuery(FIELD, query, beam, bits);
        if (kind == Kind.SCALAR_QUANTIZED) {
          nearest =
              RescoreTopNQuery.createFullPrecisionRescorerQuery(
                  nearest, query, FIELD, found.length);
        }
        TopDocs top = open.search(nearest, found.length);
        for (int i = 0; i < top.scoreDocs.length; i++) {
          found[i] = top.scoreDocs[i].doc;
        }
        return top.scoreDocs.length;
      }

      @Override
      public int row(long name) {
        return rowOfDoc[(int) name];
      }
    };
  }

  private FixedBitSet docs(RankFilter filter) {
    BitSet rows = filter.rows(ranks);
    FixedBitSet docs = new FixedBitSet(rowOfDoc.length);
    for (int doc = 0; doc < rowOfDoc.length; doc++) {
      if (rows.get(rowOfDoc[doc])) {
        docs.set(doc);
      }
    }
    return docs;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
    directory.close();
    mergers.shutdown();
  }
}
