package io.quiver.server.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far long work has come: a bar redrawn in place on a terminal, a line now and then elsewhere.
 *
 * <p>For one thread.
 */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final long LINE_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final String title;
  private final String unit;
  private final long total;
  private final boolean inPlace;
  private final long startedNanos = System.nanoTime();
  private long shownNanos;
  private double share;
  private long done;
  private String note = "";

  /**
   * @param unit what is counted, such as "rows"
   * @param total how much there is to do in all; 0 where that is not known
   */
  public ProgressBar(PrintStream out, String title, String unit, long total) {
    this.out = out;
    this.title = title;
    this.unit = unit;
    this.total = total;
    inPlace = ConsoleTerminal.isAttended();
    shownNanos = startedNanos;
  }

  /** Says how much of what is counted is done, and anything worth saying beside it. */
  public void reached(long done, String note) {
    reached(done, done, note);
  }

  /** The same where the way is measured in something else than what is counted, such as bytes. */
  public void reached(long way, long done, String note) {
    share = total == 0 ? 0 : Math.min(1.0, (double) way / total);
    this.done = done;
    this.note = note;
    long now = System.nanoTime();
    if (now - shownNanos >= (inPlace ? REDRAW_NANOS : LINE_NANOS)) {
      shownNanos = now;
      show();
    }
  }

  /** Shows where it ended, and ends the line. */
  public void finish() {
    show();
    if (inPlace) {
      out.println();
    }
  }

  private void show() {
    if (inPlace) {
      out.print("\r\u001b[K" + line());
      out.flush();
    } else {
      out.println(line());
    }
  }

  private String line() {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    StringBuilder line = new StringBuilder(title).append(' ');
    if (total > 0) {
      int filled = (int) Math.round(share * WIDTH);
      line.append('[').append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ");
      line.append(String.format(Locale.ROOT, "%3.0f %% ", share * 100));
    }
    line.append(String.format(Locale.ROOT, "%,d %s in %.1f s", done, unit, seconds));
    return note.isEmpty() ? line.toString() : line.append(", ").append(note).toString();
  }
}
