package io.quiver.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages that are written; the library's own codecs are Hadoop's. */
final class PageCodecs implements CompressionCodecFactory {
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput page) throws IOException {
        return switch (name) {
          case UNCOMPRESSED -> page;
          case SNAPPY -> BytesInput.from(Snappy.compress(bytes(page)));
          case ZSTD -> BytesInput.from(Zstd.compress(bytes(page)));
          case GZIP -> BytesInput.from(gzip(page));
          default -> throw new IllegalArgumentException("no codec " + name);
        };
      }

      @Override
      public CompressionCodecName getCodecName() {
        return name;
      }

      @Override
      public void release() {
        // Nothing is held between pages.
      }
    };
  }

  private static byte[] bytes(BytesInput page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
    page.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private static byte[] gzip(BytesInput page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      page.writeAllTo(gzip);
    }
    return bytes.toByteArray();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("files are read by another library");
  }

  @Override
  public void release() {
    // Nothing is held between pages.
  }
}
