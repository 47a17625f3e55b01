package io.quiver.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * A plot of lines, as an SVG file that any browser shows.
 *
 * @param logX whether the horizontal axis is logarithmic; the vertical one always is
 */
record SvgPlot(String title, String xLabel, String yLabel, boolean logX, List<Line> lines) {
  /** Points in order; those that are not positive where an axis is logarithmic are left out. */
  record Line(String name, double[] x, double[] y) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final int LEFT = 80;
  private static final int RIGHT = 180;
  private static final int TOP = 40;
  private static final int BOTTOM = 55;
  private static final List<String> COLOURS =
      List.of("#c0392b", "#e67e22", "#2980b9", "#8e44ad", "#27ae60", "#7f8c8d", "#16a085");

  private boolean shown(double x, double y) {
    return y > 0 && Double.isFinite(y) && Double.isFinite(x) && (!logX || x > 0);
  }

  /** The file's text; the axes span what is shown. */
  String text() {
    double[] spanX = {Double.MAX_VALUE, -Double.MAX_VALUE};
    double[] spanY = {Double.MAX_VALUE, -Double.MAX_VALUE};
    for (Line line : lines) {
      for (int i = 0; i < line.x.length; i++) {
        if (shown(line.x[i], line.y[i])) {
          widen(spanX, logX ? Math.log10(line.x[i]) : line.x[i]);
          widen(spanY, Math.log10(line.y[i]));
        }
      }
    }
    DoubleUnaryOperator toX =
        x -> LEFT + (WIDTH - LEFT - RIGHT) * share(spanX, logX ? Math.log10(x) : x);
    DoubleUnaryOperator toY =
        y -> HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share(spanY, Math.log10(y));
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>%n<rect width='100%%' height='100%%' fill='white'/>%n",
        WIDTH,
        HEIGHT);
    add(svg, "<text x='%d' y='22' font-size='15'>%s</text>%n", LEFT, title);
    add(svg, "<text x='%d' y='%d'>%s</text>%n", LEFT + 180, HEIGHT - 12, xLabel);
    add(svg, "<text transform='translate(18 %d) rotate(-90)'>%s</text>%n", HEIGHT / 2 + 40, yLabel);
    axes(svg, spanX, spanY);
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i, toX, toY);
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg, double[] spanX, double[] spanY) {
    for (int i = 0; i <= 5; i++) {
      double x = spanX[0] + (spanX[1] - spanX[0]) * i / 5;
      double y = spanY[0] + (spanY[1] - spanY[0]) * i / 5;
      double atX = LEFT + (WIDTH - LEFT - RIGHT) * i / 5.0;
      double atY = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * i / 5.0;
      add(
          svg,
          "<path d='M%.1f %d V%d M%d %.1f H%d' stroke='#ddd'/>%n",
          atX,
          TOP,
          HEIGHT - BOTTOM,
          LEFT,
          atY,
          WIDTH - RIGHT);
      add(
          svg,
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>%n",
          atX,
          HEIGHT - BOTTOM + 18,
          label(logX ? Math.pow(10, x) : x));
      add(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>%n",
          LEFT - 6,
          atY + 4,
          label(Math.pow(10, y)));
    }
  }

  private void line(
      StringBuilder svg,
      Line line,
      String colour,
      int number,
      DoubleUnaryOperator toX,
      DoubleUnaryOperator toY) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < line.x.length; i++) {
      if (shown(line.x[i], line.y[i])) {
        double x = toX.applyAsDouble(line.x[i]);
        double y = toY.applyAsDouble(line.y[i]);
        add(path, "%s%.1f %.1f ", path.isEmpty() ? "M" : "L", x, y);
        add(svg, "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>%n", x, y, colour);
      }
    }
    add(svg, "<path d='%s' fill='none' stroke='%s' stroke-width='2'/>%n", path, colour);
    int at = TOP + 14 + 20 * number;
    add(
        svg,
        "<text x='%d' y='%d' fill='%s'>%s</text>%n",
        WIDTH - RIGHT + 14,
        at,
        colour,
        line.name);
  }

  private static void widen(double[] span, double value) {
    span[0] = Math.min(span[0], value);
    span[1] = Math.max(span[1], value);
  }

  private static double share(double[] span, double value) {
    return span[1] > span[0] ? (value - span[0]) / (span[1] - span[0]) : 0.5;
  }

  private static String label(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.3g", value);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
