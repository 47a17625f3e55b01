package io.quiver.sql.parser;

/**
 * {@code BACKUP TO 'directory'}.
 *
 * @param directory new or empty, where the database runs
 */
public record Backup(String directory) implements Command {
  @Override
  public String statementName() {
    return "BACKUP";
  }
}
