package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** Text of any length as JDBC's CLOB; it is held in memory. */
final class MemoryClob implements NClob {
  private StringBuilder text;

  MemoryClob(String text) {
    this.text = new StringBuilder(text);
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int from = offset(pos);
    if (length < 0) {
      throw SqlErrors.misuse("22011", "Invalid length " + length + " of a part of text");
    }
    return text.substring(from, (int) Math.min(text.length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() {
    return new StringReader(text.toString());
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    return new StringReader(getSubString(pos, (int) Math.min(Integer.MAX_VALUE, length)));
  }

  @Override
  public InputStream getAsciiStream() {
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String wanted, long start) throws SQLException {
    int found = text.indexOf(wanted, offset(start));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob wanted, long start) throws SQLException {
    return position(wanted.getSubString(1, (int) wanted.length()), start);
  }

  @Override
  public int setString(long pos, String part) throws SQLException {
    int from = offset(pos);
    text.replace(from, Math.min(text.length(), from + part.length()), part);
    return part.length();
  }

  @Override
  public int setString(long pos, String part, int offset, int length) throws SQLException {
    if (offset < 0 || length < 0 || offset + length > part.length()) {
      throw SqlErrors.misuse("22011", "Invalid part of text: " + offset + ", " + length);
    }
    return setString(pos, part.substring(offset, offset + length));
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    int from = offset(pos);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        replaceFrom(from, toString(StandardCharsets.US_ASCII));
      }
    };
  }

  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    int from = offset(pos);
    return new StringWriter() {
      @Override
      public void close() {
        replaceFrom(from, toString());
      }
    };
  }

  private void replaceFrom(int from, String part) {
    text.replace(from, Math.min(text.length(), from + part.length()), part);
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > text.length()) {
      throw SqlErrors.misuse("22011", "Invalid length " + length + " of a text to cut");
    }
    text.setLength((int) length);
  }

  @Override
  public void free() {
    text = new StringBuilder();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > text.length() + 1L) {
      throw SqlErrors.misuse("22011", "Invalid position " + pos + " in a text of " + length());
    }
    return (int) pos - 1;
  }
}
