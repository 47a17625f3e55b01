package io.quiver.server.operate;

import java.util.Locale;

/** Everything that can be set about a server: {@code docs/server.md} lists them. */
public enum ServerOption {
  DIR("data", Kind.TEXT, "Directory of the database."),
  HOST("127.0.0.1", Kind.TEXT, "Address to listen on."),
  PORT("8765", Kind.PORT, "Port to listen on; 0 for any that is free."),
  INSECURE("false", Kind.TRUTH, "Whether an address that others reach may do without TLS."),
  TLS_CERTIFICATE("", Kind.TEXT, "PEM file of the certificate and those that sign it."),
  TLS_KEY("", Kind.TEXT, "PEM file of the certificate's private key, PKCS #8."),
  TLS_SELF_SIGNED("false", Kind.TRUTH, "Whether to make a certificate, for trying things out."),
  ADMIN_PASSWORD_FILE("", Kind.TEXT, "File that holds the first password of user admin."),
  AUDIT_LOG("", Kind.TEXT, "File of the audit log; empty for DIR-audit.log beside the directory."),
  BACKUP_DIR("", Kind.TEXT, "Folder that BACKUP TO writes to; empty for none."),
  SLOW_QUERY_MILLIS("1000", Kind.COUNT, "Statements that take longer are logged; 0 for none."),
  MAX_CONNECTIONS("1024", Kind.POSITIVE, "Connections of all users."),
  MAX_USER_CONNECTIONS("256", Kind.POSITIVE, "Connections of one user."),
  MAX_STATEMENTS("1000", Kind.POSITIVE, "Open statements of one connection."),
  MAX_RUNNING("0", Kind.COUNT, "Statements that run at once; 0 for four a processor."),
  MAX_USER_RUNNING("0", Kind.COUNT, "The same of one user, with what waits; 0 for no such limit."),
  MAX_WAITING("1000", Kind.COUNT, "Statements that wait for one of those to end."),
  MAX_WAIT_MILLIS("5000", Kind.COUNT, "How long one of them waits before it is refused."),
  MAX_REQUEST_BYTES("67108864", Kind.POSITIVE, "Size of a request."),
  MAX_REQUEST_SECONDS("30", Kind.POSITIVE, "Time in which a request must have arrived."),
  MAX_SOCKETS("4096", Kind.POSITIVE, "Sockets open at once."),
  MAX_RESULT_BYTES("1073741824", Kind.LARGE, "Size of a result; 0 for no limit."),
  MAX_QUERY_MEMORY_BYTES(
      "268435456", Kind.LARGE, "What a query may keep to sort, group and join; 0 for no limit."),
  MAX_VECTOR_DIMENSIONS("16384", Kind.DIMENSIONS, "Dimensions of a column that is defined."),
  MAX_BATCH_ROWS("100000", Kind.POSITIVE, "Rows or statements of one batch."),
  STATEMENT_TIMEOUT_MILLIS("0", Kind.COUNT, "Limit of a statement that has none; 0 for none."),
  MAX_STATEMENT_TIMEOUT_MILLIS(
      "0", Kind.COUNT, "Most that a session may set its statement_timeout to; 0 for any."),
  IDLE_CONNECTION_SECONDS("3600", Kind.POSITIVE, "After which an unused connection is closed."),
  DRAIN_SECONDS("30", Kind.COUNT, "How long a stop waits for statements that run.");

  /** Which values an option takes. */
  enum Kind {
    TEXT("text"),
    TRUTH("true or false"),
    PORT("a number from 0 to 65535"),
    COUNT("a number from 0 to 2147483647"),
    POSITIVE("a number from 1 to 2147483647"),
    LARGE("a number from 0 to 9223372036854775807"),
    DIMENSIONS("a number from 1 to 16384");

    private final String range;

    Kind(String range) {
      this.range = range;
    }

    String range() {
      return range;
    }

    boolean takes(String value) {
      return switch (this) {
        case TEXT -> true;
        case TRUTH -> value.equals("true") || value.equals("false");
        case PORT -> isWithin(value, 0, 65_535);
        case COUNT -> isWithin(value, 0, Integer.MAX_VALUE);
        case POSITIVE -> isWithin(value, 1, Integer.MAX_VALUE);
        case LARGE -> isWithin(value, 0, Long.MAX_VALUE);
        case DIMENSIONS -> isWithin(value, 1, 16_384);
      };
    }

    private static boolean isWithin(String value, long least, long most) {
      try {
        long number = Long.parseLong(value);
        return number >= least && number <= most;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  private final String defaultValue;
  private final Kind kind;
  private final String sentence;

  ServerOption(String defaultValue, Kind kind, String sentence) {
    this.defaultValue = defaultValue;
    this.kind = kind;
    this.sentence = sentence;
  }

  /** As the configuration file and {@code --set} write it. */
  public String plainName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As the environment writes it. */
  public String variable() {
    return "QUIVER_" + name();
  }

  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, in a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The values it takes, in words. */
  public String range() {
    return kind.range();
  }

  boolean takes(String value) {
    return kind.takes(value);
  }
}
