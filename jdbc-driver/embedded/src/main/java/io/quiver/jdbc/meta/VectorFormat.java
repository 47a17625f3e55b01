package io.quiver.jdbc.meta;

import java.util.Locale;

/** How vectors leave for a client over the wire: connection property {@code vector_format}. */
enum VectorFormat {
  /** {@code [1.0,2.0]}, which every client can read. */
  TEXT,
  /** {@code f32:} and base64, which our driver asks for. */
  BASE64;

  static VectorFormat named(String name) {
    for (VectorFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw Translation.problem(
        "22023", 0, "Invalid vector_format '" + name + "': it is text or base64");
  }
}
