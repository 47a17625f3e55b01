package io.quiver.sql.parser;

/** How long a setting holds. */
public enum SettingScope {
  /** Until the session ends or resets it. */
  SESSION,
  /** Until the transaction ends. */
  TRANSACTION,
  /** For all sessions from now on. */
  SYSTEM
}
