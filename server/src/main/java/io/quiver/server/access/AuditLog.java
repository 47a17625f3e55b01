package io.quiver.server.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, as lines of JSON: logins, definitions, rights, refusals, and how the server started
 * and stopped. Passwords and keys are never in it.
 */
public final class AuditLog implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Clock clock;
  private final @Nullable Path file;
  private java.nio.channels.@Nullable FileChannel channel;

  private AuditLog(Clock clock, @Nullable Path file) {
    this.clock = clock;
    this.file = file;
  }

  /** Appends to a file that only its owner may read. */
  public static AuditLog to(Path file, Clock clock) throws IOException {
    AuditLog log = new AuditLog(clock, file);
    log.channel =
        java.nio.channels.FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return log;
  }

  /** Keeps nothing. */
  public static AuditLog none() {
    return new AuditLog(Clock.systemUTC(), null);
  }

  void login(String user, String address, boolean succeeded) {
    ObjectNode line = line("login", user, address);
    line.put("result", succeeded ? "ok" : "refused");
    write(line);
  }

  /** Somebody named a connection that another has opened. */
  void reached(Caller caller, String owner) {
    ObjectNode line = line("connection", caller.user(), caller.address());
    caller.keyId().ifPresent(id -> line.put("key", id));
    write(line.put("owner", owner).put("result", "refused"));
  }

  /** A statement that defines something or was refused. */
  public void statement(Caller caller, String what, String result) {
    ObjectNode line = line("statement", caller.user(), caller.address());
    caller.keyId().ifPresent(id -> line.put("key", id));
    write(line.put("statement", what).put("result", result));
  }

  /** Something of the server itself. */
  public void server(String what) {
    write(line("server", "", "").put("what", what));
  }

  private ObjectNode line(String event, String user, String address) {
    return MAPPER
        .createObjectNode()
        .put("time", clock.instant().toString())
        .put("event", event)
        .put("user", user)
        .put("address", address);
  }

  private synchronized void write(ObjectNode line) {
    java.nio.channels.FileChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        open.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The audit log " + file + " cannot be written", e);
    }
  }

  @Override
  public synchronized void close() {
    java.nio.channels.FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.force(true);
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("The audit log " + file + " cannot be closed", e);
      }
    }
  }
}
