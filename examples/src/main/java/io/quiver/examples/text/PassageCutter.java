package io.quiver.examples.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into passages: at headings, and within a section at empty lines, so that none is much
 * longer than a model reads well and paragraphs stay whole.
 *
 * <p>Headings are those of Markdown, {@code #} or underlined; in code blocks they do not count. A
 * paragraph that is too long by itself is cut between sentences, or else between words.
 */
public final class PassageCutter {
  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
  private static final Pattern UNDERLINE = Pattern.compile("(=+|-+)\\s*");
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?][)\"']?\\s+");

  private final int targetLength;
  private final List<Passage> passages = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private final StringBuilder passage = new StringBuilder();

  /**
   * @param targetLength characters a passage should have at most
   */
  private PassageCutter(int targetLength) {
    this.targetLength = targetLength;
  }

  /** The passages of a text, in order; none is much longer than so many characters. */
  public static List<Passage> cut(String text, int targetLength) {
    PassageCutter cutter = new PassageCutter(targetLength);
    cutter.read(text);
    return cutter.passages;
  }

  private void read(String text) {
    boolean inCode = false;
    String[] lines = text.split("\\R");
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      inCode ^= FENCE.matcher(line).matches();
      Matcher heading = HEADING.matcher(line);
      if (!inCode && heading.matches()) {
        startSection(heading.group(1).length(), heading.group(2));
      } else if (!inCode && isUnderlined(lines, i)) {
        startSection(lines[i + 1].startsWith("=") ? 1 : 2, line.strip());
        i++;
      } else if (line.isBlank() && !inCode) {
        endParagraph();
      } else {
        paragraph.append(line.stripTrailing()).append('\n');
      }
    }
    endParagraph();
    endPassage();
  }

  private boolean isUnderlined(String[] lines, int i) {
    return paragraph.isEmpty()
        && !lines[i].isBlank()
        && i + 1 < lines.length
        && lines[i + 1].strip().length() >= 3
        && UNDERLINE.matcher(lines[i + 1]).matches();
  }

  private void startSection(int level, String title) {
    endParagraph();
    endPassage();
    while (headings.size() >= level) {
      headings.removeLast();
    }
    while (headings.size() < level - 1) {
      headings.add("");
    }
    headings.add(title);
  }

  private void endParagraph() {
    if (paragraph.length() > targetLength) {
      endPassage();
      splitLong(paragraph.toString().strip());
    } else {
      if (passage.length() + paragraph.length() > targetLength) {
        endPassage();
      }
      if (!passage.isEmpty() && !paragraph.isEmpty()) {
        passage.append('\n');
      }
      passage.append(paragraph);
    }
    paragraph.setLength(0);
  }

  private void splitLong(String text) {
    int from = 0;
    while (text.length() - from > targetLength) {
      int to = from;
      Matcher end = SENTENCE_END.matcher(text).region(from, from + targetLength);
      while (end.find()) {
        to = end.end();
      }
      if (to == from) {
        int space = text.lastIndexOf(' ', from + targetLength);
        to = space > from ? space + 1 : from + targetLength;
      }
      passage.append(text, from, to);
      endPassage();
      from = to;
    }
    passage.append(text, from, text.length());
    endPassage();
  }

  private void endPassage() {
    String content = passage.toString().strip();
    passage.setLength(0);
    if (content.chars().anyMatch(Character::isLetterOrDigit)) {
      String heading = String.join(" > ", headings.stream().filter(h -> !h.isEmpty()).toList());
      passages.add(new Passage(heading, content));
    }
  }
}
