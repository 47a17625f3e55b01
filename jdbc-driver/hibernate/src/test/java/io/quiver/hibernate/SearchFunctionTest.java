package io.quiver.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches as tables of HQL, over rows that the database has numbered. */
class SearchFunctionTest {
  private static SessionFactory factory;

  @BeforeAll
  static void open() {
    factory =
        new Configuration()
            .addAnnotatedClass(Counted.class)
            .addAnnotatedClass(Passage.class)
            .setProperty("hibernate.connection.url", DatabaseUnderTest.ofItsOwn())
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .buildSessionFactory();
    factory.inTransaction(
        session -> {
          session.persist(row("en", 1, 0, 3));
          session.persist(row("fr", 0.9f, 0.1f, 3));
          session.persist(row("en", 0, 1, 7));
          session.persist(new Passage(1, "east", 1, 0, 0));
          session.persist(new Passage(2, "north", 0, 1, 0));
        });
  }

  private static Counted row(String lang, float x, float y, int word) {
    return new Counted(
        lang, new float[] {x, y}, new SparseVector(new int[] {word}, new float[] {0.5f}));
  }

  @AfterAll
  static void close() {
    factory.close();
  }

  @Test
  void theDatabaseNumbersRows() {
    Counted fourth = row("de", 0.5f, 0.5f, 9);
    factory.inTransaction(
        session -> {
          session.persist(fourth);
          assertThat(fourth.id).isEqualTo(4);
          session.remove(fourth);
        });
    factory.inTransaction(
        session ->
            assertThat(session.find(Counted.class, 3L).words)
                .isEqualTo(new SparseVector(new int[] {7}, new float[] {0.5f})));
  }

  private static <T> List<T> ask(Session session, Class<T> type, String hql, Object query) {
    return session.createSelectionQuery(hql, type).setParameter("q", query).getResultList();
  }

  @Test
  void aConditionIsPartOfTheSearch() {
    factory.inTransaction(
        session -> {
          List<Long> ids =
              ask(
                  session,
                  Long.class,
                  """
                  select v.id from vector_search('Counted', 'embedding', :q, 2) v
                  where v.lang = 'en' order by v.search_distance
                  """,
                  new float[] {1, 0});
          // The French row is nearer than the third, and is not what it makes way for.
          assertThat(ids).containsExactly(1L, 3L);
        });
  }

  @Test
  void scoreAndDistanceAreColumnsAndTheEntityCanBeJoined() {
    factory.inTransaction(
        session -> {
          List<Object[]> rows =
              ask(
                  session,
                  Object[].class,
                  """
                  select p, v.score, v.distance, v.content
                  from vector_search('Passage', 'embedding', :q, 1) v join Passage p on p.id = v.id
                  """,
                  new float[] {0, 2, 0});
          assertThat(rows).hasSize(1);
          assertThat(((Passage) rows.get(0)[0]).content).isEqualTo("north");
          assertThat(rows.get(0)[1]).isEqualTo(1.0);
          assertThat(rows.get(0)[2]).isEqualTo(0.0);
          assertThat(rows.get(0)[3]).isEqualTo("north");
        });
  }

  @Test
  void anAttributeNamedScoreKeepsItsName() {
    factory.inTransaction(
        session ->
            assertThat(
                    ask(
                            session,
                            Object[].class,
                            "select v.score, v.search_score"
                                + " from vector_search('Counted', 'embedding', :q, 1) v",
                            new float[] {1, 0})
                        .get(0))
                .containsExactly(0.0, 1.0));
  }

  @Test
  void wordsAreMatched() {
    factory.inTransaction(
        session ->
            assertThat(
                    ask(
                        session,
                        Object[].class,
                        """
                        select v.id, v.search_score from sparse_match('Counted', 'words', :q, 5) v
                        order by v.search_score desc
                        """,
                        new SparseVector(new int[] {7}, new float[] {2})))
                .containsExactly(new Object[] {3L, 1.0}));
  }

  @Test
  void mistakesAreNamed() {
    factory.inTransaction(
        session -> {
          assertThatThrownBy(
                  () ->
                      ask(
                          session,
                          Object[].class,
                          "select v.id from vector_search('Nobody', 'embedding', :q, 5) v",
                          new float[] {1, 0}))
              .hasMessageContaining("Nobody");
          assertThatThrownBy(
                  () ->
                      ask(
                          session,
                          Object[].class,
                          "select v.id from vector_search('Counted', 'nothing', :q, 5) v",
                          new float[] {1, 0}))
              .hasMessageContaining(
                  "Entity 'Counted' has no attribute 'nothing' of one column to search");
          assertThatThrownBy(
                  () ->
                      ask(
                          session,
                          Object[].class,
                          "select v.id from vector_search(:q, 'embedding', :q, 5) v",
                          "Counted"))
              .hasMessageContaining("A search takes the names of entity and attribute as literals");
        });
  }
}
