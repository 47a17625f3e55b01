package io.quiver.jdbc.avatica;

import io.quiver.jdbc.BuildVersion;
import org.apache.calcite.avatica.DriverVersion;

/** What both halves of the driver say of themselves. */
public final class QuiverDriverVersion {
  private QuiverDriverVersion() {}

  /** Of this build; driver and database have one version. */
  public static DriverVersion current() {
    BuildVersion version = BuildVersion.current();
    return new DriverVersion(
        "Quiver JDBC Driver",
        version.text(),
        "Quiver",
        version.text(),
        false,
        version.major(),
        version.minor(),
        version.major(),
        version.minor());
  }
}
