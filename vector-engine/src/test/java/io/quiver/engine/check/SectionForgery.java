package io.quiver.engine.check;

import io.quiver.engine.io.ByteReader;
import io.quiver.engine.io.Checksum;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Changes a section of a file and makes its checksums right again, as docs/format.md says they are:
 * damage that only a look at the meaning can find.
 */
final class SectionForgery {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private SectionForgery() {}

  static void change(FileStore files, String path, String section, Consumer<MemorySegment> change)
      throws IOException {
    try (StoredFile file = files.open(path)) {
      byte[] bytes = new byte[(int) file.size()];
      MemorySegment all = MemorySegment.ofArray(bytes);
      file.read(all, 0);
      MemorySegment footer = all.asSlice(bytes.length - 32);
      long tableAt = footer.get(LONG, 0);
      MemorySegment table = all.asSlice(tableAt, footer.get(INT, 16));
      ByteReader reader = new ByteReader(table.toArray(ValueLayout.JAVA_BYTE));
      boolean found = false;
      while (!reader.atEnd()) {
        String name = reader.takeString();
        MemorySegment content = all.asSlice(reader.takeLong(), reader.takeLong());
        int crcAt = reader.position();
        reader.takeInt();
        if (name.equals(section)) {
          change.accept(content);
          table.set(INT, crcAt, Checksum.of(content));
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException("No section " + section + " in " + path);
      }
      footer.set(INT, 20, Checksum.of(table));
      footer.set(INT, 28, Checksum.of(footer.asSlice(0, 28)));
      file.write(all, 0);
      file.force();
    }
  }
}
