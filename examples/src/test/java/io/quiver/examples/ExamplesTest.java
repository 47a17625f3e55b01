package io.quiver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.examples.embedding.MiniLmEmbedder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The programs that the README quotes do what it says they do. */
class ExamplesTest {
  @TempDir Path directory;

  @Test
  void plainJdbcFindsTheSameAgainAfterAnotherStart() throws SQLException {
    String url = "jdbc:quiver:" + directory.resolve("data");
    assertThat(PlainJdbc.run(url))
        .containsExactly("0.994 A cat on the sofa", "0.000 A log on the disk");
    // The rows are there already, and are put again in place of themselves.
    assertThat(PlainJdbc.run(url)).hasSize(2);
  }

  @Test
  void springFindsArticlesOfTheYearsAskedFor() {
    SpringArticles articles =
        new SpringArticles(
            new DriverManagerDataSource("jdbc:quiver:" + directory.resolve("articles")));
    articles.save(1, "Old and near", 2019, new float[] {1, 0, 0, 0});
    articles.save(2, "New and near", 2024, new float[] {0.9f, 0.1f, 0, 0});
    articles.save(3, "New and far", 2025, new float[] {0, 0, 1, 0});
    articles.save(3, "New and farther", 2025, new float[] {-1, 0, 0, 0});
    assertThat(articles.nearest(new float[] {1, 0, 0, 0}, 2020, 5))
        .extracting(SpringArticles.Hit::title)
        .containsExactly("New and near", "New and farther");
    assertThat(articles.nearest(new float[] {1, 0, 0, 0}, 2000, 1))
        .singleElement()
        .isEqualTo(new SpringArticles.Hit(1, "Old and near", 1.0));
    assertThat(articles.years(new float[] {1, 0, 0, 0})).containsExactly(2019, 2024, 2025);
  }

  @Test
  void retrieverFindsByMeaningAndByWordsAndKeepsTenantsApart() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      Retriever retriever = new Retriever(connection, new MiniLmEmbedder());
      retriever.add(1, "a", "A write is acknowledged after it is on the disk.");
      retriever.add(2, "a", "The kitchen opens at noon and serves soup.");
      retriever.add(3, "a", "Part number QX-7781 is out of stock.");
      retriever.add(4, "b", "A commit is durable once the log is synced.");

      assertThat(retriever.find("when is my data safely stored on disk", "a", 3).getFirst().id())
          .isEqualTo(1);
      assertThat(retriever.find("when is my data safely stored on disk", "b", 3))
          .singleElement()
          .extracting(Retriever.Source::id)
          .isEqualTo(4L);
      // A number means nothing to a model; the words find it.
      assertThat(retriever.find("qx-7781", "a", 1).getFirst().id()).isEqualTo(3);
      assertThat(retriever.find("anything", "nobody", 3)).isEmpty();
      assertThat(retriever.prompt("where is lunch", "a", 1))
          .isEqualTo(
              """
              Answer from these sources alone:
              [2] The kitchen opens at noon and serves soup.

              Question: where is lunch\
              """);
    }
  }
}
