package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** Bytes of any length as JDBC's BLOB; they are held in memory. */
final class MemoryBlob implements Blob {
  private byte[] bytes;

  MemoryBlob(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    int from = offset(pos);
    if (length < 0) {
      throw SqlErrors.misuse("22011", "Invalid length " + length + " of a part of bytes");
    }
    return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + length));
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(pos, (int) Math.min(Integer.MAX_VALUE, length)));
  }

  @Override
  public long position(byte[] wanted, long start) throws SQLException {
    for (int at = offset(start); at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob wanted, long start) throws SQLException {
    return position(wanted.getBytes(1, (int) wanted.length()), start);
  }

  @Override
  public int setBytes(long pos, byte[] part) throws SQLException {
    return setBytes(pos, part, 0, part.length);
  }

  @Override
  public int setBytes(long pos, byte[] part, int offset, int length) throws SQLException {
    if (offset < 0 || length < 0 || offset + length > part.length) {
      throw SqlErrors.misuse("22011", "Invalid part of bytes: " + offset + ", " + length);
    }
    replaceFrom(offset(pos), Arrays.copyOfRange(part, offset, offset + length));
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    int from = offset(pos);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        replaceFrom(from, toByteArray());
      }
    };
  }

  private void replaceFrom(int from, byte[] part) {
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length, from + part.length));
    System.arraycopy(part, 0, bytes, from, part.length);
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > bytes.length) {
      throw SqlErrors.misuse("22011", "Invalid length " + length + " of bytes to cut");
    }
    bytes = Arrays.copyOf(bytes, (int) length);
  }

  @Override
  public void free() {
    bytes = new byte[0];
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > bytes.length + 1L) {
      throw SqlErrors.misuse("22011", "Invalid position " + pos + " in " + bytes.length + " bytes");
    }
    return (int) pos - 1;
  }
}
