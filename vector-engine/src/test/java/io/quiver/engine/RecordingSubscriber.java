package io.quiver.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A catalog that remembers every record it was given, one byte each. */
public final class RecordingSubscriber implements LogSubscriber {
  private final List<Byte> records = new ArrayList<>();
  private long position;

  @Override
  public void restore(byte[] snapshot, long at) {
    records.clear();
    for (byte record : snapshot) {
      records.add(record);
    }
    position = at;
  }

  @Override
  public void apply(long at, byte[] catalogRecord) {
    if (at <= position) {
      throw new IllegalStateException("Position " + at + " after " + position);
    }
    position = at;
    records.add(catalogRecord[0]);
  }

  @Override
  public byte[] snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    records.forEach(bytes::write);
    return bytes.toByteArray();
  }

  public List<Byte> records() {
    return records;
  }
}
