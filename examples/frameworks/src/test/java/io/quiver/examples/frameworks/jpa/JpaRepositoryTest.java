package io.quiver.examples.frameworks.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;

/** Spring Data JPA over the dialect, as Boot puts it together. */
class JpaRepositoryTest {
  private static final float[] EAST = {1, 0};

  /** An application of repositories alone. */
  @SpringBootApplication(proxyBeanMethods = false)
  static class Application {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asksByDistanceAndByPage(boolean served) {
    String url = served ? DatabaseUnderTest.ofItsOwn() : "jdbc:quiver::memory:jpa";
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            Application.class,
            "--spring.datasource.url=" + url,
            "--spring.jpa.hibernate.ddl-auto=create")) {
      Articles articles = context.getBean(Articles.class);
      articles.saveAll(
          List.of(
              new Article("north", "en", 0, 1),
              new Article("east", "en", 1, 0),
              new Article("est", "fr", 1, 0.05f),
              new Article("north east", "en", 0.7f, 0.7f)));
      assertThat(articles.count()).isEqualTo(4);
      assertThat(articles.findByLangOrderByTitle("en"))
          .extracting(article -> article.title)
          .containsExactly("east", "north", "north east");

      Page<Article> first = articles.nearest("en", EAST, PageRequest.of(0, 2));
      assertThat(first.map(article -> article.title)).containsExactly("east", "north east");
      assertThat(first.getTotalElements()).isEqualTo(3);
      assertThat(articles.nearest("en", EAST, first.nextPageable()).map(article -> article.title))
          .containsExactly("north");

      assertThat(articles.titles("en", EAST)).containsExactly("east", "north east");
      assertThat(articles.within(EAST, 0.1)).containsExactlyInAnyOrder("east", "est");

      assertThat(articles.findAll(PageRequest.of(1, 3, Sort.by("title").descending())))
          .extracting(article -> article.title)
          .containsExactly("east");
      Article east = articles.findByLangOrderByTitle("en").getFirst();
      east.title = "due east";
      articles.save(east);
      assertThat(articles.findById(east.id).orElseThrow().title).isEqualTo("due east");
      articles.deleteAll(articles.findByLangOrderByTitle("fr"));
      assertThat(articles.count()).isEqualTo(3);
    }
  }
}
