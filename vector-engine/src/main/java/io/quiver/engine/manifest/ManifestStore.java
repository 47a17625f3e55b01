package io.quiver.engine.manifest;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.io.Checksum;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the manifest: writes each to a file of its own, then points {@code CURRENT} to it by a
 * rename.
 *
 * <pre>
 * manifest-⟨number, 20 digits⟩: magic "QVRMANI\0" | u32 version | u32 length of body | u32 crc of body
 *   | u32 crc of the 20 bytes before | body
 * CURRENT: name of a manifest, a blank, crc of the name in 8 hexadecimal digits, a line feed
 * </pre>
 */
public final class ManifestStore {
  public static final String CURRENT = "CURRENT";
  public static final String PREFIX = "manifest-";

  /** {@link #CURRENT} while it is written. */
  public static final String UNFINISHED = "CURRENT.tmp";

  private static final long MAGIC = 0x00494E414D525651L;
  private static final int VERSION = 2;

  /** Written before rows could be patched. */
  private static final int UNPATCHED_VERSION = 1;

  private static final int HEADER_BYTES = 24;

  private final FileStore files;

  public ManifestStore(FileStore files) {
    this.files = files;
  }

  /** Makes a manifest the current one; when this returns, it is for good. */
  public void write(Manifest manifest) throws IOException {
    String name = name(manifest);
    byte[] body = manifest.encode();
    ByteWriter writer = new ByteWriter(HEADER_BYTES + body.length);
    writer.putLong(MAGIC).putInt(VERSION).putInt(body.length);
    writer.putInt(Checksum.of(MemorySegment.ofArray(body)));
    writer.putInt(Checksum.of(writer.content())).putRaw(body);
    byte[] pointer = pointer(name).getBytes(StandardCharsets.US_ASCII);
    try {
      writeWhole(name, writer.content());
      writeWhole(UNFINISHED, MemorySegment.ofArray(pointer));
      files.syncDirectory("");
    } catch (IOException e) {
      // Nothing points to it yet, and on a full disk it would stand in the way of the next.
      discard(name, e);
      throw e;
    }
    files.rename(UNFINISHED, CURRENT);
    files.syncDirectory("");
    for (String old : files.list("")) {
      if (old.startsWith(PREFIX) && !old.equals(name)) {
        files.delete(old);
      }
    }
  }

  /** Name of a manifest's file. */
  public static String name(Manifest manifest) {
    return PREFIX + String.format("%020d", manifest.number());
  }

  private static String pointer(String name) {
    int crc = Checksum.of(MemorySegment.ofArray(name.getBytes(StandardCharsets.US_ASCII)));
    return name + " " + String.format("%08x", crc) + "\n";
  }

  private void discard(String name, IOException because) {
    try {
      files.delete(name);
      files.delete(UNFINISHED);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private void writeWhole(String path, MemorySegment content) throws IOException {
    files.delete(path);
    try (StoredFile file = files.create(path)) {
      file.write(content, 0);
      file.force();
    }
  }

  /**
   * Reads the current manifest.
   *
   * @throws CorruptDataException if it is damaged or of another version
   */
  public Manifest read() throws IOException {
    String pointer = new String(readWhole(CURRENT), StandardCharsets.US_ASCII);
    int blank = pointer.indexOf(' ');
    String name = blank < 0 ? "" : pointer.substring(0, blank);
    if (!pointer.equals(pointer(name)) || !name.startsWith(PREFIX)) {
      throw new CorruptDataException(
          "File "
              + files.describe(CURRENT)
              + " is damaged: it does not name a manifest. Restore it, or the database, from a"
              + " backup.");
    }
    if (!files.exists(name)) {
      throw corrupt(name, "it is missing");
    }
    return decode(name, readWhole(name));
  }

  private Manifest decode(String name, byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw corrupt(name, "it has only " + bytes.length + " bytes");
    }
    ByteReader header = new ByteReader(bytes);
    long magic = header.takeLong();
    int version = header.takeInt();
    int length = header.takeInt();
    int bodyCrc = header.takeInt();
    MemorySegment content = MemorySegment.ofArray(bytes);
    if (magic != MAGIC || header.takeInt() != Checksum.of(content.asSlice(0, 20))) {
      throw corrupt(name, "its header is damaged");
    }
    if (version != VERSION && version != UNPATCHED_VERSION) {
      throw new CorruptDataException(
          "Manifest "
              + files.describe(name)
              + " has format version "
              + version
              + "; this engine reads versions "
              + UNPATCHED_VERSION
              + " and "
              + VERSION
              + ". Open the database with the Quiver release that wrote it.");
    }
    if (length != bytes.length - HEADER_BYTES
        || bodyCrc != Checksum.of(content.asSlice(HEADER_BYTES))) {
      throw corrupt(name, "its body is damaged");
    }
    return Manifest.decode(header.takeRaw(length), version);
  }

  private CorruptDataException corrupt(String name, String what) {
    return new CorruptDataException(
        "Manifest "
            + files.describe(name)
            + " cannot be read: "
            + what
            + ". Restore the database from a backup.");
  }

  private byte[] readWhole(String path) throws IOException {
    try (StoredFile file = files.open(path)) {
      long size = file.size();
      if (size > Integer.MAX_VALUE - 16) {
        throw corrupt(path, "it has " + size + " bytes");
      }
      byte[] bytes = new byte[(int) size];
      file.read(MemorySegment.ofArray(bytes), 0);
      return bytes;
    }
  }
}
