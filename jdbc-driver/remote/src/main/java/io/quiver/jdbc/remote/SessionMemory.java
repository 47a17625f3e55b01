package io.quiver.jdbc.remote;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.remote.Service.CommitRequest;
import org.apache.calcite.avatica.remote.Service.ConnectionSyncRequest;
import org.apache.calcite.avatica.remote.Service.PrepareAndExecuteRequest;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.RollbackRequest;

/**
 * What a session was told since it was opened, to tell it again to a server that has lost it, and
 * whether a transaction would be lost with it. For one thread at a time.
 */
final class SessionMemory {
  private static final int MOST_REMEMBERED_SETTINGS = 256;

  /** The last of each setting. */
  private final Map<String, String> settings = new LinkedHashMap<>();

  private final ConnectionPropertiesImpl synced = new ConnectionPropertiesImpl();
  private boolean inTransaction;

  ConnectionPropertiesImpl synced() {
    return synced;
  }

  Collection<String> settings() {
    return settings.values();
  }

  boolean inTransaction() {
    return inTransaction;
  }

  void transactionLost() {
    inTransaction = false;
  }

  /** Called before a request is sent. */
  void sends(Request request) {
    if (request instanceof PrepareAndExecuteRequest sql) {
      String first = firstWord(sql.sql);
      inTransaction |=
          Boolean.FALSE.equals(synced.isAutoCommit())
              || first.equals("BEGIN")
              || first.equals("START");
    } else if (!WireSession.isRepeatable(request)) {
      inTransaction |= Boolean.FALSE.equals(synced.isAutoCommit());
    }
  }

  /** Called when a request was carried out. */
  void done(Request request) {
    if (request instanceof ConnectionSyncRequest sync) {
      synced.merge(sync.connProps);
      if (Boolean.TRUE.equals(sync.connProps.isAutoCommit())) {
        inTransaction = false;
      }
    } else if (request instanceof CommitRequest || request instanceof RollbackRequest) {
      inTransaction = false;
    } else if (request instanceof PrepareAndExecuteRequest sql) {
      remember(sql.sql);
    }
  }

  private void remember(String sql) {
    switch (firstWord(sql)) {
      case "COMMIT", "ROLLBACK", "END" -> {
        if (!sql.toUpperCase(Locale.ROOT).contains("SAVEPOINT")) {
          inTransaction = false;
        }
      }
      case "SET", "RESET", "USE" -> {
        String text = sql.strip();
        int end = text.indexOf('=');
        String name = (end < 0 ? text : text.substring(0, end)).strip().toUpperCase(Locale.ROOT);
        settings.remove(name);
        if (settings.size() < MOST_REMEMBERED_SETTINGS) {
          settings.put(name, sql);
        }
      }
      default -> {}
    }
  }

  /** Whether the statement changes what the session was told. */
  static boolean isSetting(String sql) {
    String word = firstWord(sql);
    return word.equals("SET") || word.equals("RESET") || word.equals("USE");
  }

  private static String firstWord(String sql) {
    String text = sql.stripLeading();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }
}
