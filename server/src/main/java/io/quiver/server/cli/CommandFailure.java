package io.quiver.server.cli;

/** What a command cannot do, told in a message that needs no stack trace. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }
}
