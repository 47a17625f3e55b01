package io.quiver.examples.house;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files of the project, without what is built from them. */
public final class RepositoryTree {
  private RepositoryTree() {}

  /** The folder of the project, as the build passes it. */
  public static Path root() {
    String told = System.getProperty("quiver.root");
    if (told == null) {
      throw new IllegalStateException("-Dquiver.root=FOLDER is not set; Maven sets it");
    }
    return Path.of(told);
  }

  /** Every file of a kind, or of every kind for the empty ending. */
  public static List<Path> files(String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            return name.equals("target") || name.equals(".git") || name.equals(".idea")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
