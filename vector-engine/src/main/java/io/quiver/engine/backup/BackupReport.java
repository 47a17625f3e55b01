package io.quiver.engine.backup;

/**
 * What was copied.
 *
 * @param position of the log that the copy stands at: every commit up to it is there, and none
 *     after
 * @param files how many
 * @param bytes in them
 */
public record BackupReport(long position, int files, long bytes) {}
