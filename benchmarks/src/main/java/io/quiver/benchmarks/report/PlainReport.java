package io.quiver.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Every figure as it is. */
final class PlainReport {
  private PlainReport() {}

  /** A row for each figure. */
  static String table(List<Figure> figures) {
    StringBuilder text = new StringBuilder();
    text.append("| who | what | case | effort | recall@10 | wall | CPU | unit |\n");
    text.append("|---|---|---|--:|--:|--:|--:|---|\n");
    for (Figure figure : figures) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
              figure.contender(),
              figure.measure(),
              figure.cell(),
              figure.effort() == 0 ? "" : figure.effort(),
              figure.recall() < 0 ? "" : String.format(Locale.ROOT, "%.4f", figure.recall()),
              Target.plain(figure.value()),
              figure.cpu() < 0 ? "" : Target.plain(figure.cpu()),
              figure.unit()));
    }
    return text.toString();
  }
}
