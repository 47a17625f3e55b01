package io.quiver.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version this driver was built as. */
public record BuildVersion(String text, int major, int minor) {
  private static final BuildVersion CURRENT = read();

  /** Of the jar this class came in. */
  public static BuildVersion current() {
    return CURRENT;
  }

  private static BuildVersion read() {
    Properties properties = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the driver's jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = properties.getProperty("version", "0.0");
    String[] parts = text.split("[.-]");
    return new BuildVersion(text, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
