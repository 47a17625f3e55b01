package io.quiver.examples;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Spring's JdbcClient over Quiver: a connection pool, named parameters and records. */
@SuppressWarnings("NullAway") // Spring says that a row may be null; these are not.
public final class SpringArticles {
  private final JdbcClient jdbc;

  /** An article that was found, and how well it fits. */
  public record Hit(long id, String title, double score) {}

  public SpringArticles(DataSource database) {
    jdbc = JdbcClient.create(database);
    jdbc.sql(
            """
            CREATE TABLE IF NOT EXISTS articles (
              id BIGINT NOT NULL PRIMARY KEY, title VARCHAR, published INTEGER, embedding VECTOR(4))
            """)
        .update();
  }

  /** Puts an article, in place of one with the same id. */
  public void save(long id, String title, int published, float[] embedding) {
    jdbc.sql(
            """
            UPSERT INTO articles (id, title, published, embedding)
            VALUES (:id, :title, :published, :embedding)
            """)
        .param("id", id)
        .param("title", title)
        .param("published", published)
        .param("embedding", embedding)
        .update();
  }

  // section:spring
  /** The articles since a year that are nearest to a vector. */
  public List<Hit> nearest(float[] query, int since, int count) {
    return jdbc.sql(
            """
            SELECT v.id, v.title, v.score
            FROM VECTOR_SEARCH('articles', 'embedding', :query, :count) AS v
            WHERE v.published >= :since
            ORDER BY v.score DESC
            """)
        .param("query", query)
        .param("count", count)
        .param("since", since)
        .query(Hit.class)
        .list();
  }

  // end:spring

  /** Articles a year, of those nearest to a vector. */
  public List<Integer> years(float[] query) {
    return jdbc.sql(
            """
            SELECT v.published FROM VECTOR_SEARCH('articles', 'embedding', :query, 50) AS v
            GROUP BY v.published ORDER BY v.published
            """)
        .param("query", query)
        .query(Integer.class)
        .list();
  }
}
